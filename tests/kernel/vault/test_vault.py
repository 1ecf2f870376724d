"""What is put into the vault comes out of it unchanged, and lies there unreadable."""

import hashlib
import io
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone
from tests.kernel.files import samples

from keqiao.kernel.files import vault
from keqiao.kernel.files.file_errors import BadName, FileTooLarge, KindRefused
from keqiao.kernel.files.filetypes import PICTURES
from keqiao.kernel.files.sealed_stream import CHUNK
from keqiao.kernel.models import Blob

pytestmark = pytest.mark.django_db
SECRET = "示例企业的秘密配方，".encode()


def keep(content=SECRET, name="配方.txt", enterprise_id=1, **options):
    return vault.store(
        file=io.BytesIO(content), name=name, enterprise_id=enterprise_id, level=2, actor_id=7, **options
    )


def read(blob):
    with vault.open_blob(blob) as content:
        return content.read()


def files(site):
    return sorted(path for path in (site / "vault").rglob("*") if path.is_file())


def text(size):
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_content_comes_back_at_every_boundary_of_chunks(suite, size):
    blob = keep(text(size))
    assert read(blob) == text(size)
    vault.check_blob(blob)


@pytest.mark.parametrize("size", [1, CHUNK, 3 * CHUNK, 3 * CHUNK + 5])
def test_a_part_is_read_without_what_stands_before_it(suite, size):
    """As a zip is: from its end, then here and there."""
    blob, whole = keep(text(size)), text(size)
    with vault.open_blob(blob) as content:
        assert content.seekable()
        assert content.seek(0, os.SEEK_END) == size
        assert content.read() == b""
        for place in (size - 1, CHUNK, CHUNK - 1, 2 * CHUNK + 3, 0, size):
            at = min(place, size)
            assert content.seek(place) == at
            assert (content.read(7), content.tell()) == (whole[at : at + 7], min(at + 7, size))


def test_the_row_says_what_was_judged_and_not_what_was_claimed():
    blob = keep(samples.PDF, name="scan.exe")
    stored = Blob.objects.get(pk=blob.pk)
    assert (stored.kind, stored.media_type, stored.name) == ("pdf", "application/pdf", "scan.exe.pdf")
    assert (stored.enterprise_id, stored.level, stored.created_by_id) == (1, 2, 7)
    assert (stored.size, stored.sha256) == (len(samples.PDF), hashlib.sha256(samples.PDF).hexdigest())
    assert stored.key_version == 1


def test_nothing_on_disk_tells_of_the_content(site):
    blob = keep(SECRET * 10_000)
    (file,) = files(site)
    sealed = file.read_bytes()
    assert SECRET not in sealed
    assert blob.sha256 not in str(file)
    assert bytes.fromhex(blob.sha256) not in sealed
    assert file.stat().st_mode & 0o777 == 0o600


def test_one_enterprise_keeps_the_same_content_once(site):
    first, second = keep(), keep(name="另一个名字.txt")
    assert (first.path, first.name) == (second.path, "配方.txt")
    assert second.name == "另一个名字.txt"
    assert len(files(site)) == 1
    assert read(second) == SECRET


def test_enterprises_never_share_content_nor_paths(site):
    blobs = [keep(enterprise_id=1), keep(enterprise_id=2), keep(enterprise_id=None)]
    assert len({blob.path for blob in blobs}) == 3
    assert len({blob.path[:67] for blob in blobs}) == 3
    assert len(files(site)) == 3
    assert [read(blob) for blob in blobs] == [SECRET] * 3


def test_content_that_was_lost_is_kept_again(site):
    first = keep()
    files(site)[0].unlink()
    second = keep()
    assert second.path != first.path
    assert read(second) == SECRET


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("x", SECRET),
        io.BufferedReader(io.BytesIO(SECRET)),
    ],
)
def test_what_the_web_hands_over_is_taken(upload):
    blob = vault.store(file=upload, name="a.txt", enterprise_id=1, level=1, actor_id=None)
    assert read(blob) == SECRET


def test_a_large_upload_in_a_temporary_file_is_taken():
    upload = TemporaryUploadedFile("x", "text/plain", 3 * CHUNK, None)
    upload.write(text(3 * CHUNK))
    blob = vault.store(file=upload, name="a.txt", enterprise_id=1, level=1, actor_id=None)
    assert read(blob) == text(3 * CHUNK)


class Pipe(io.RawIOBase):
    """A stream that can't be wound back."""

    def __init__(self, content):
        super().__init__()
        self._content = io.BytesIO(content)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._content.readinto(buffer)


def test_a_stream_that_cannot_be_wound_back_is_taken_up_to_the_limit(settings):
    settings.MAX_FILE_BYTES = CHUNK
    blob = vault.store(
        file=io.BufferedReader(Pipe(text(CHUNK))), name="a.txt", enterprise_id=1, level=1, actor_id=None
    )
    assert read(blob) == text(CHUNK)
    with pytest.raises(FileTooLarge):
        vault.store(
            file=io.BufferedReader(Pipe(text(CHUNK + 1))),
            name="a.txt",
            enterprise_id=1,
            level=1,
            actor_id=None,
        )


def test_what_is_refused_leaves_nothing_behind(site):
    with pytest.raises(BadName):
        keep(name="../x.txt")
    with pytest.raises(KindRefused):
        keep(samples.PDF, kinds=PICTURES)
    assert not Blob.objects.exists()
    assert files(site) == []


def test_a_rolled_back_upload_leaves_an_orphan_that_is_swept_when_old(site):
    kept = keep()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(b"never committed")
        1 / 0  # noqa: B018
    assert len(files(site)) == 2
    assert vault.sweep_orphans(now=timezone.now()) == 0
    assert vault.sweep_orphans(now=timezone.now() + timedelta(hours=25)) == 1
    assert [file.relative_to(site / "vault").as_posix() for file in files(site)] == [kept.path]


def test_an_old_file_in_use_is_not_swept(site):
    blob = keep()
    os.utime(files(site)[0], (0, 0))
    assert vault.sweep_orphans(now=timezone.now()) == 0
    assert read(blob) == SECRET
