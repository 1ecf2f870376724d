"""The vault against the record: files exchanged, removed, changed, slipped in, and rows that point elsewhere."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from tests.kernel.forging import sql

from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record.audit import unchecked, verify_log
from keqiao.kernel.record.sealing import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(settings, tmp_path, write):
    """Two files of one size that entries name."""
    settings.VAULT_ROOT = tmp_path / "vault"
    blobs = [stored(b"%PDF-1.7 first "), stored(b"%PDF-1.7 second")]
    write(files=[blob.sha256 for blob in blobs])
    seal(now=clock.now())
    return blobs


def stored(content):
    return vault.store(
        file=io.BytesIO(content),
        name="示例.zip",
        enterprise_id=None,
        level=Level.INTERNAL,
        actor_id=None,
        made_here="zip",
    )


def found():
    return {(item.code, item.where) for item in verify_log(files=True)}


def where(blob):
    return f"file {blob.pk} ({blob.path})"


def lies(blob):
    return Path(site.VAULT_ROOT) / blob.path


def test_the_intact_vault_passes(two):
    assert found() == set()
    assert (
        len(unchecked(receipts=1, key="11", files=False))
        == len(unchecked(receipts=1, key="11", files=True)) + 1
    )


def test_files_exchanged(two):
    first, second = (lies(blob).read_bytes() for blob in two)
    lies(two[0]).write_bytes(second)
    lies(two[1]).write_bytes(first)
    assert found() == {("file_damaged", where(blob)) for blob in two}
    assert verify_log() == []  # without --files nobody looks


def test_a_file_removed(two):
    lies(two[0]).unlink()
    assert found() == {("file_gone", where(two[0]))}


@pytest.mark.parametrize("place", [0, 20, 40, -1])
def test_a_byte_changed(two, place):
    data = bytearray(lies(two[0]).read_bytes())
    data[place] ^= 1
    lies(two[0]).write_bytes(bytes(data))
    assert found() == {("file_damaged", where(two[0]))}


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"x", lambda _data: b""])
def test_a_file_of_another_length(two, change):
    lies(two[0]).write_bytes(change(lies(two[0]).read_bytes()))
    assert found() == {("file_damaged", where(two[0]))}


def test_a_file_slipped_in(two):
    extra = lies(two[0]).with_name("of-nobody")
    extra.write_bytes(b"x")
    assert found() == set()  # it may belong to a step that runs just now
    old = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(extra, (old, old))
    assert found() == {("file_extra", extra.relative_to(site.VAULT_ROOT).as_posix())}


def test_a_row_that_points_at_another_file(two):
    first, second = two
    sql(
        "UPDATE kernel_blob SET path = %s, key_version = %s WHERE id = %s",
        second.path,
        second.key_version,
        first.pk,
    )
    assert found() == {
        ("file_swapped", f"file {first.pk} ({second.path})"),
        ("row", f"kernel.blob {first.pk}"),
    }


def test_a_row_that_takes_the_whole_place_of_another(two):
    """Path, content and name alike: the file opens as its row says, and the row isn't the one that was held."""
    first, second = two
    sql("UPDATE kernel_blob SET path = %s, sha256 = %s WHERE id = %s", second.path, second.sha256, first.pk)
    named = {code for code, _where in found()}
    assert named == {"row", "file_gone"}


def test_a_row_removed(two):
    sql("DELETE FROM kernel_blob WHERE id = %s", two[0].pk)
    assert {code for code, _where in found()} == {"rowless", "file_gone"}


def test_a_file_that_no_entry_names(two):
    other = stored(b"%PDF-1.7 of nobody")
    assert found() == {("file_unnamed", where(other))}
    assert Blob.objects.count() == 3
