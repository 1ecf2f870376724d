"""What a step said lies sealed in the database, under the key of the enterprise it concerns."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from tests.kernel.packs import SHA
from tests.kernel.test_journal import AT

from keqiao.kernel.files import keys
from keqiao.kernel.files.file_errors import CorruptData, MissingKey
from keqiao.kernel.models import EnterpriseKey, Entry, Payload
from keqiao.kernel.record import append_only, verify
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.journal import erase_payload, record
from keqiao.kernel.record.sealed_payload import enterprise_of
from keqiao.kernel.record.sealing import seal

SECRET = "研发机密甲"
STEP = {"operation": "report_progress", "clause": "6.3.4", "actor": None, "case": "engagement:12"}


@pytest.fixture
def write(subject):
    def write(enterprise_id=None, **said):
        subject.enterprise_id = enterprise_id
        made = record(**STEP, subject=subject, payload=said or {"text": SECRET}, files=[SHA], at=AT)
        return Entry.objects.select_related("said").get(pk=made.pk)

    return write


def columns(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]


def test_the_text_is_nowhere_in_the_tables_of_the_record(write):
    write(enterprise_id=4)
    kept = [*columns("kernel_payload"), *columns("kernel_entry")]
    texts = [value if isinstance(value, bytes) else str(value).encode() for value in kept]
    assert [text for text in texts if SECRET.encode() in text] == []


def test_each_enterprise_has_its_key_and_the_rest_the_institutions(write):
    made = [write(enterprise_id=4), write(enterprise_id=5), write()]
    assert [enterprise_of(bytes(entry.said.sealed)) for entry in made] == [4, 5, None]
    assert [entry.said.value for entry in made] == [{"text": SECRET}] * 3


def test_what_was_sealed_before_a_rotation_opens_after_it(write):
    before = write(enterprise_id=4)
    keys.rotate_enterprise_key(enterprise_id=4)
    keys.rotate_master_key()
    keys.forget_keys()
    after = write(enterprise_id=4)
    versions = [keys.key_by_uid(bytes(entry.said.sealed)[:16].hex()).version for entry in (before, after)]
    assert versions == [1, 2]
    assert [entry.said.value for entry in (before, after)] == [{"text": SECRET}] * 2
    assert verify_log() == []


def test_it_opens_for_its_own_entry_only(write):
    one, other = write(enterprise_id=4), write(enterprise_id=4)
    with pytest.raises(CorruptData):
        _ = Payload(entry=other, sealed=one.said.sealed).value


@pytest.mark.parametrize("place", [16, 28, -1], ids=["nonce", "text", "tag"])
def test_one_changed_bit_opens_nothing(write, place):
    entry = write(enterprise_id=4)
    changed = bytearray(entry.said.sealed)
    changed[place] ^= 1
    with pytest.raises(CorruptData):
        _ = Payload(entry=entry, sealed=bytes(changed)).value


def test_without_the_key_it_does_not_open(write):
    entry = write(enterprise_id=4)
    EnterpriseKey.objects.filter(enterprise_id=4).delete()
    keys.forget_keys()
    with pytest.raises(MissingKey):
        _ = entry.said.value
    assert [finding.code for finding in verify_log()] == ["payload"]


def test_an_erasure_is_sealed_like_what_it_erased(write, person):
    erasure = erase_payload(entry=write(enterprise_id=4), actor=person, reason="本人要求删除", at=AT)
    assert enterprise_of(bytes(erasure.said.sealed)) == 4
    assert SECRET.encode() not in b"".join(v for v in columns("kernel_payload") if isinstance(v, bytes))


def test_a_pack_holds_the_opened_text_and_stands(write, make):
    write(enterprise_id=4)
    keys.rotate_enterprise_key(enterprise_id=4)
    write(enterprise_id=4)
    seal(now=AT)
    path = make()
    assert verify.verify(path) == []


@pytest.fixture
def whole_again(committing):
    """What is taken back goes with all that rests on it, in other apps too; the next test finds everything there."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_the_migration_seals_what_was_there(whole_again, subject):
    """Back to the columns in the clear and forth again: the record is whole at either end."""
    record_one(subject)
    move("0004_search")
    text = [value for value in columns("kernel_payload") if isinstance(value, str)]
    assert text == [f'{{"text":"{SECRET}"}}']
    move("0005_sealed_payload")
    assert Payload.objects.get().value == {"text": SECRET}
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())  # the audit of today reads what came later as well
    append_only.install(connection)  # as the signal after migrating does
    assert verify_log() == []


def record_one(subject):
    with transaction.atomic():
        record(**STEP, subject=subject, payload={"text": SECRET}, at=AT)


def move(name):
    MigrationExecutor(connection).migrate([("kernel", name)])
