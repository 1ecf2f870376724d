import hashlib
import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from keqiao.kernel.models import CaseCounter, Entry, EntryFile, Payload
from keqiao.kernel.models.append_only import AppendOnlyError
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record import append_only
from keqiao.kernel.record.canonical import NotRecordable, plain
from keqiao.kernel.record.journal import JournalError, erase_payload, record

AT = datetime(2026, 11, 22, 16, 30, tzinfo=timezone(timedelta(hours=8)))
FILE = hashlib.sha256(b"contract").hexdigest()


@pytest.fixture
def write(subject, person):
    def write(case="engagement:12", **changed):
        facts = {
            "operation": "accept_commission",
            "clause": "6.1.3",
            "actor": person,
            "payload": {"days": 30},
        }
        return record(subject=subject, case=case, at=AT, **{**facts, **changed})

    return write


def test_an_entry_says_who_did_what_when_and_on_what(write, subject):
    entry = write(files=[FILE])

    said = json.loads(entry.header)
    commitment = said.pop("payload")
    assert said == {
        "kind": "keqiao-entry/1",
        "at": "2026-11-22T08:30:00.000000Z",
        "actor_id": 7,
        "actor_label": "示例顾问",
        "operation": "accept_commission",
        "clause": "6.1.3",
        "subject_type": "auth.group",
        "subject_id": subject.pk,
        "case": "engagement:12",
        "case_n": 1,
        "files": [FILE],
        "level": 0,
        "channel": "program",
    }
    assert commitment == hashlib.sha256(bytes(entry.said.salt) + b'{"days":30}').hexdigest()
    assert entry.leaf == hashlib.sha256(b"\x00" + entry.header.encode()).digest()
    assert entry.n is None
    assert entry.said.value == {"days": 30}
    assert [file.sha256 for file in entry.files.all()] == [FILE]


def test_the_header_is_canonical(write):
    header = write().header
    keys = list(json.loads(header))
    assert keys == sorted(keys)
    assert header == json.dumps(json.loads(header), ensure_ascii=False, separators=(",", ":"))


def test_the_system_acts_without_a_person(write):
    entry = write(actor=None)
    assert (entry.actor_id, entry.actor_label) == (None, "system")


def test_numbers_run_by_case(write):
    entries = [write(case=case) for case in ("engagement:1", "engagement:2", "engagement:1", "engagement:1")]
    assert [entry.case_n for entry in entries] == [1, 1, 2, 3]


def test_the_same_payload_has_another_commitment_each_time(write):
    first, second = (json.loads(write().header)["payload"] for _ in range(2))
    assert first != second


def test_a_file_named_twice_is_kept_once(write):
    assert write(files=[FILE, FILE]).files.count() == 1


def test_a_rolled_back_step_leaves_no_entry_and_no_gap(committing, write):
    with transaction.atomic():
        write()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        1 / 0  # noqa: B018
    with transaction.atomic():
        assert write().case_n == 2
    assert Entry.objects.count() == 2


def test_outside_a_transaction_it_refuses(committing, write):
    with pytest.raises(JournalError, match="transaction"):
        write()
    assert CaseCounter.objects.count() == 0


@pytest.mark.parametrize(
    "case", ["12", "engagement", "engagement:", "engagement:1 2", "Engagement:1", "engagement:1\n"]
)
def test_a_case_has_a_kind_and_a_number(write, case):
    with pytest.raises(JournalError, match="engagement:12"):
        write(case=case)


@pytest.mark.parametrize("sha256", ["", FILE[:-1], FILE.upper(), "g" * 64])
def test_a_file_is_named_by_its_hash(write, sha256):
    with pytest.raises(JournalError, match="SHA-256"):
        write(files=[sha256])


def test_an_unsaved_subject_is_refused(write, person):
    with pytest.raises(JournalError, match="save it"):
        record(
            operation="x",
            clause="6.1",
            actor=person,
            subject=Group(name="x"),
            case="engagement:1",
            payload={},
        )


def test_values_become_plain(subject):
    assert plain(
        {
            "text": "合同\x00",
            "money": Decimal("1234.50"),
            "day": date(2026, 11, 22),
            "moment": AT,
            "level": Level.CORE_TRADE_SECRET,
            "words": {"b", "a"},
            "pair": (1, None),
            "row": subject,
            "share": 0.5,
        }
    ) == {
        "text": "合同\x00",
        "money": "1234.50",
        "day": "2026-11-22",
        "moment": "2026-11-22T08:30:00.000000Z",
        "level": 3,
        "words": ["a", "b"],
        "pair": [1, None],
        "row": {"type": "auth.group", "id": subject.pk, "label": "示例委托"},
        "share": "0.5",
    }


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        datetime(2026, 1, 1),  # noqa: DTZ001
        b"bytes",
        object(),
        {1: "a"},
        2**53,
        "\ud800",
    ],
)
def test_what_has_no_one_form_is_refused(write, value):
    with pytest.raises(NotRecordable):
        write(payload={"value": value})
    assert Entry.objects.count() == 0


def test_a_nul_in_the_payload_survives(write):
    assert Payload.objects.get(entry=write(payload={"a": "\x00"})).value == {"a": "\x00"}


def test_rows_refuse_to_change_or_go(write):
    entry = write(files=[FILE])
    for change in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(clause="6.2"),
        EntryFile.objects.all().delete,
        EntryFile.objects.get().save,
    ):
        with pytest.raises(AppendOnlyError):
            change()


CHANGES = [
    "UPDATE kernel_entry SET header = '{}'",
    "UPDATE kernel_entry SET leaf = header",
    "UPDATE kernel_entry SET n = 5, clause = '6.2'",
    "UPDATE kernel_entry SET n = 5, actor_id = NULL",
    "UPDATE kernel_entry SET case_n = 9",
    "DELETE FROM kernel_entry",
    "DELETE FROM kernel_entryfile",
    "DELETE FROM kernel_payload",
    "DELETE FROM kernel_casecounter",
    "UPDATE kernel_entryfile SET sha256 = 'x'",
    "UPDATE kernel_payload SET sealed = 'x'",
    "UPDATE kernel_payload SET entry_id = entry_id + 1, sealed = NULL",
    "UPDATE kernel_casecounter SET last = 0",
    "UPDATE kernel_casecounter SET last = last + 2",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses_by_itself(write, sql):
    write(files=[FILE])
    if "leaf = header" in sql and connection.vendor == "postgresql":
        sql = "UPDATE kernel_entry SET leaf = '\\x00'"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_place_in_the_log_is_given_once(write):
    entry = write()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_entry SET n = 0")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("UPDATE kernel_entry SET n = 1")
    entry.refresh_from_db()
    assert entry.n == 0


def test_missing_guards_are_named(db):
    assert append_only.missing(connection) == []
    append_only.remove(connection)
    assert append_only.missing(connection) == append_only.TABLES
    append_only.install(connection)


def test_erasing_leaves_the_entry_and_says_so(write, person):
    entry = write(payload={"phone": "13800000000"})
    header = entry.header

    erasure = erase_payload(entry=entry, actor=person, reason="本人要求删除", at=AT)

    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.said.body, entry.said.salt, entry.said.value) == (None, None, None)
    assert entry.header == header
    assert erasure.said.value == {"erased": 1, "reason": "本人要求删除"}
    assert (erasure.case, erasure.case_n, erasure.operation) == (entry.case, 2, "journal.erase_payload")


def test_erasing_twice_or_erasing_an_erasure_is_refused(write, person):
    entry = write()
    erasure = erase_payload(entry=entry, actor=person, reason="x")
    for again in (entry, erasure):
        with pytest.raises(JournalError):
            erase_payload(entry=again, actor=person, reason="x")
    assert Entry.objects.count() == 2
