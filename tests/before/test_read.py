"""A site of before is read after the renames: its history in words, its search, its counts, what was sealed."""

from datetime import date

import pytest
from tests.before.conftest import BEFORE

from keqiao.accounts.models import User
from keqiao.catalogue.queries import codes_offered_on
from keqiao.conformity.clauses import Evidence
from keqiao.conformity.queries import Period, _Counts
from keqiao.engagement.models import Archive, Engagement
from keqiao.faces import history
from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob, Entry, Payload
from keqiao.kernel.platform import clock, search
from keqiao.kernel.platform.aliases import model_named
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.verify import verify
from keqiao.kernel.steps import operation

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def person(username: str) -> User:
    return User.objects.get(username=username)


def test_the_record_is_whole_after_migrating(before):
    assert verify_log() == []
    assert Entry.objects.count() == 747


def test_every_step_and_every_kind_of_subject_has_a_name_of_now(before):
    """Whoever renames an operation or a model says so in the app's aliases.py; else what is here reads as a code."""
    known = {op.name for op in operation.operations()}
    assert [e.operation for e in Entry.objects.all() if e.step not in known] == []
    kinds = set(Entry.objects.values_list("subject_type", flat=True))
    assert [kind for kind in sorted(kinds) if model_named(kind) is None] == []


def test_an_engagement_reads_in_words(before):
    archived = Engagement.objects.get(number="WT-2026-00001")
    lines = history.timeline(archived, actor=person("manager"))
    assert len(lines) == 80
    assert [(line.label, line.clause, line.number) for line in lines[-3:]] == [
        ("提供 · 资料", "6.1.1", 3),
        ("提供 · 资料", "6.1.1", 2),
        ("新建委托", "6.1.1", 1),
    ]


@pytest.mark.parametrize(
    ("username", "text", "kind", "titles"),
    [
        ("manager", "HT-2026-00001", "Contract", ["HT-2026-00001"]),
        ("manager", "知识产权", "Engagement", ["WT-2026-00003"]),
        ("client2", "HT-2026-00001", "Contract", []),
    ],
)
def test_the_search_finds_it(before, username, text, kind, titles):
    found = {model.__name__: rows for model, rows in search.find(actor=person(username), text=text)}
    assert [row.number for row in found.get(kind, [])] == titles


@pytest.mark.parametrize(("ref", "count"), [("accept_commission", 8)])
def test_conformity_counts_it(before, ref, count):
    evidence = Evidence(kind="operation", note="", note_en="", ref=ref)
    assert _Counts(YEAR).of(evidence).count == count


def test_what_could_be_commissioned_is_on_offer(before):
    """All of it but the one that was retired, and no offer that began before the item was there."""
    offered = codes_offered_on(clock.today())
    assert (len(offered), "5.8.a" in offered, "5.6.b" in offered) == (34, True, False)


def test_every_payload_opens(before):
    assert [said.pk for said in Payload.objects.all() if said.value is None] == []


def test_every_file_is_the_content_it_was(before):
    assert Blob.objects.count() == 161
    for blob in Blob.objects.all():
        vault.check_blob(blob)


def test_its_pack_verifies(before):
    assert verify(BEFORE / "pack.zip") == []
    packed = Archive.objects.get(blob__isnull=False)
    with vault.open_blob(packed.blob) as content:
        assert content.read() == (BEFORE / "pack.zip").read_bytes()
