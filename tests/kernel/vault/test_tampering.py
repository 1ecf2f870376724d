"""A stored file that was changed, cut, moved or exchanged is never handed out as if it were whole."""

import io

import pytest

from keqiao.kernel.files import keys, vault
from keqiao.kernel.files.ciphers import TAG
from keqiao.kernel.files.file_errors import (
    CorruptData,
    DamagedMasterKey,
    MissingFile,
    MissingKey,
    MissingMasterKey,
    WrongMasterKey,
)
from keqiao.kernel.files.sealed_stream import CHUNK, HEADER
from keqiao.kernel.models import Blob, EnterpriseKey

pytestmark = pytest.mark.django_db
SEALED_CHUNK = CHUNK + TAG
CONTENT = b"0123456789abcdef" * (3 * CHUNK // 16)


def keep(enterprise_id=1, content=CONTENT):
    return vault.store(
        file=io.BytesIO(content), name="a.txt", enterprise_id=enterprise_id, level=1, actor_id=None
    )


def on_disk(site, blob):
    return site / "vault" / blob.path


def read(blob):
    with vault.open_blob(blob) as content:
        return content.read()


def chunk(sealed, number):
    start = HEADER + number * SEALED_CHUNK
    return sealed[start : start + SEALED_CHUNK]


def swapped(sealed):
    return sealed[:HEADER] + chunk(sealed, 1) + chunk(sealed, 0) + chunk(sealed, 2)


def repeated(sealed):
    return sealed[:HEADER] + chunk(sealed, 0) + chunk(sealed, 0) + chunk(sealed, 2)


def flipped(place):
    def change(sealed):
        return sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]

    return change


@pytest.mark.parametrize(
    "change",
    [
        flipped(0),
        flipped(25),
        flipped(HEADER),
        flipped(HEADER + SEALED_CHUNK - 1),
        flipped(-1),
        swapped,
        repeated,
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: HEADER + 2 * SEALED_CHUNK],
        lambda sealed: sealed + b"x",
        lambda sealed: sealed[:10],
        lambda _sealed: b"",
    ],
)
def test_a_changed_file_is_refused(site, suite, change):
    blob = keep()
    file = on_disk(site, blob)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(CorruptData) as fault:
        read(blob)
    assert fault.value.facts == {"where": blob.path}


def test_a_file_cut_at_a_chunk_is_refused_even_when_the_row_agrees(site):
    blob = keep()
    file = on_disk(site, blob)
    file.write_bytes(file.read_bytes()[: HEADER + 2 * SEALED_CHUNK])
    blob.size = 2 * CHUNK
    with pytest.raises(CorruptData):
        read(blob)


def test_no_byte_of_a_changed_chunk_is_given_out(site):
    blob = keep()
    file = on_disk(site, blob)
    file.write_bytes(flipped(HEADER + SEALED_CHUNK)(file.read_bytes()))
    with vault.open_blob(blob) as content:
        assert content.read(CHUNK) == CONTENT[:CHUNK]
        with pytest.raises(CorruptData):
            content.read(1)


def test_files_cannot_be_exchanged(site):
    one, two, other = keep(), keep(content=CONTENT[1:] + b"!"), keep(enterprise_id=2)
    for stranger in (two, other):
        on_disk(site, one).write_bytes(on_disk(site, stranger).read_bytes())
        with pytest.raises(CorruptData):
            read(one)


@pytest.mark.parametrize("change", [{"enterprise_id": 2}, {"key_version": 2}, {"enterprise_id": None}])
def test_a_row_cannot_be_handed_to_another(change):
    blob = keep()
    Blob.objects.filter(pk=blob.pk).update(**change)
    blob.refresh_from_db()
    with pytest.raises(CorruptData):
        read(blob)


def test_a_hash_changed_in_the_row_is_noticed():
    blob = keep()
    blob.sha256 = "0" * 64
    with pytest.raises(CorruptData):
        vault.check_blob(blob)


def test_a_lost_file_is_named(site):
    blob = keep()
    on_disk(site, blob).unlink()
    with pytest.raises(MissingFile) as fault:
        read(blob)
    assert fault.value.facts == {"path": blob.path}


def test_without_the_master_key_nothing_opens_and_no_new_one_is_made(site, settings):
    blob = keep()
    (site / "secrets" / "master.key").unlink()
    keys.forget_keys()
    with pytest.raises(MissingMasterKey) as fault:
        read(blob)
    assert fault.value.facts == {"path": site / "secrets" / "master.key"}
    assert str(site) not in str(fault.value)
    with pytest.raises(MissingMasterKey):
        keep(enterprise_id=9)
    assert not (site / "secrets" / "master.key").exists()


def test_another_sites_master_key_is_named_as_wrong(site):
    blob = keep()
    path = site / "secrets" / "master.key"
    path.unlink()
    keys.create_master_key()
    keys.forget_keys()
    with pytest.raises(WrongMasterKey):
        read(blob)


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=\n", b"not base64!\n", b"\xff\xfe"])
def test_a_damaged_master_key_file_is_named(site, content):
    blob = keep()
    (site / "secrets" / "master.key").write_bytes(content)
    keys.forget_keys()
    with pytest.raises(DamagedMasterKey):
        read(blob)


def test_a_key_row_lost_or_changed_is_named():
    blob = keep()
    row = EnterpriseKey.objects.get(purpose="data")
    wrapped = bytes(row.wrapped)
    row.wrapped = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    row.save()
    keys.forget_keys()
    with pytest.raises(CorruptData):
        read(blob)
    row.delete()
    with pytest.raises(MissingKey):
        read(blob)
