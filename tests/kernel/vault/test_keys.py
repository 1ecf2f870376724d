"""Keys can be renewed at each of the two steps, and what was sealed before still opens."""

import io
from pathlib import Path

import pytest

from keqiao.kernel.files import keys, vault
from keqiao.kernel.files.ciphers import SUITES
from keqiao.kernel.files.file_errors import CorruptData, WrongMasterKey
from keqiao.kernel.files.master_key import read_master_keys, write_master_keys
from keqiao.kernel.models import EnterpriseKey
from keqiao.kernel.models.vault import Purpose

pytestmark = pytest.mark.django_db


def keep(content, enterprise_id=1):
    return vault.store(
        file=io.BytesIO(content), name="a.txt", enterprise_id=enterprise_id, level=1, actor_id=None
    )


def read(blob):
    keys.forget_keys()
    with vault.open_blob(blob) as content:
        return content.read()


def test_the_master_key_is_made_at_first_use_for_its_owner_only(site):
    path = site / "secrets" / "master.key"
    assert not path.exists()
    keys.current_key(enterprise_id=1)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]
    before = path.read_bytes()
    keys.create_master_key()
    assert path.read_bytes() == before


def test_the_key_file_holds_the_key_the_database_holds_it_wrapped(site):
    key = keys.current_key(enterprise_id=1)
    row = EnterpriseKey.objects.get(uid=key.uid)
    assert key.secret not in bytes(row.wrapped)
    assert read_master_keys()[0].secret not in bytes(row.wrapped)
    assert repr(key.secret) not in repr(key)
    assert repr(read_master_keys()[0].secret) not in repr(read_master_keys())


def test_every_enterprise_and_purpose_has_a_key_of_its_own():
    found = [
        keys.current_key(enterprise_id=owner, purpose=purpose)
        for owner in (None, 1, 2)
        for purpose in Purpose
    ]
    assert len({key.secret for key in found}) == 6
    assert [key.version for key in found] == [1] * 6


def test_rotating_an_enterprise_key_changes_what_is_written_from_now_on():
    old = keep(b"before")
    assert keys.rotate_enterprise_key(enterprise_id=1).version == 2
    new = keep(b"after")
    assert (old.key_version, new.key_version) == (1, 2)
    assert (read(old), read(new)) == (b"before", b"after")
    assert keys.current_key(enterprise_id=2).version == 1


def test_the_same_content_is_found_again_after_a_rotation():
    old = keep(b"before")
    keys.rotate_enterprise_key(enterprise_id=1)
    again = keep(b"before")
    assert (again.path, again.key_version) == (old.path, 1)
    assert read(again) == b"before"


def test_rotating_the_master_key_wraps_again_and_moves_no_data(site):
    blobs = [keep(b"one", 1), keep(b"two", 2)]
    sealed = {path: path.read_bytes() for path in (site / "vault").rglob("*") if path.is_file()}
    (old,) = read_master_keys()
    new_id = keys.rotate_master_key()
    assert set(EnterpriseKey.objects.values_list("master_id", flat=True)) == {new_id}
    assert [key.id for key in read_master_keys()] == [old.id, new_id]
    assert {path: path.read_bytes() for path in sealed} == sealed
    assert [read(blob) for blob in blobs] == [b"one", b"two"]


def test_the_old_master_key_goes_only_when_nothing_is_wrapped_under_it():
    blob = keep(b"one")
    (old,) = read_master_keys()
    assert keys.drop_unused_master_keys() == []
    new_id = keys.rotate_master_key()
    assert keys.drop_unused_master_keys() == [old.id]
    assert [key.id for key in read_master_keys()] == [new_id]
    assert read(blob) == b"one"


def test_a_rotation_cut_short_after_the_file_leaves_everything_readable_and_can_be_repeated():
    blob = keep(b"one")
    write_master_keys([*read_master_keys(), keys.new_master_key()])
    assert read(blob) == b"one"
    keys.rotate_master_key()
    assert len(keys.drop_unused_master_keys()) == 2
    assert read(blob) == b"one"


def test_a_backup_from_before_needs_the_dropped_key():
    key = keys.current_key(enterprise_id=1)
    backup = EnterpriseKey.objects.get(uid=key.uid)
    keys.rotate_master_key()
    keys.drop_unused_master_keys()
    backup.save()
    keys.forget_keys()
    with pytest.raises(WrongMasterKey):
        keys.current_key(enterprise_id=1)


@pytest.mark.parametrize(
    "change",
    [{"enterprise_id": 2}, {"version": 3}, {"purpose": "index"}, {"uid": "0" * 32}, {"suite": "SM4-GCM"}],
)
def test_a_wrapped_key_cannot_be_passed_off_as_another(change):
    key = keys.current_key(enterprise_id=1)
    EnterpriseKey.objects.filter(uid=key.uid).update(**change)
    keys.forget_keys()
    with pytest.raises(CorruptData):
        keys.key_by_uid(change.get("uid", key.uid))


def test_data_sealed_with_one_cipher_opens_after_the_other_was_chosen(settings):
    settings.VAULT_SUITE = "SM4-GCM"
    chinese = keep(b"sm4")
    settings.VAULT_SUITE = "AES-256-GCM"
    keys.rotate_enterprise_key(enterprise_id=1)
    keys.rotate_master_key()
    assert (read(chinese), read(keep(b"aes"))) == (b"sm4", b"aes")
    assert set(EnterpriseKey.objects.values_list("suite", flat=True)) == set(SUITES)


def test_an_enterprises_current_key_costs_one_query_once_it_is_open(django_assert_num_queries):
    keys.current_key(enterprise_id=1)
    with django_assert_num_queries(1):
        keys.current_key(enterprise_id=1)


def test_a_key_rolled_back_with_its_transaction_is_never_used_again(db):
    from django.db import transaction

    with transaction.atomic():
        lost = keys.current_key(enterprise_id=5)
        transaction.set_rollback(True)
    found = keys.current_key(enterprise_id=5)
    assert found.version == lost.version == 1
    assert found.secret != lost.secret
    assert Path(keys.settings.MASTER_KEY_FILE).exists()
