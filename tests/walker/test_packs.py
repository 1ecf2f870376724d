"""Packs made for their readers: a word in what is said about every kind of row, at every level, and in a file of each; each
pack unpacked as its reader would, papers and all."""

import itertools

import pytest
from tests.declared import INNER
from tests.walker.data import Walked
from tests.walker.looking import unpacked
from tests.walker.walk import leaked

from keqiao.engagement.archive.packing import build, client, make_packs, staff
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Archive, Engagement, EngagementPart
from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record import journal, sealing
from keqiao.kernel.record.verify import examine
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.file_owners import open_file

numbers = itertools.count(70001)


def word() -> str:
    return f"kq{next(numbers)}secret"


def say(row, *, actor=None, files=(), text="") -> str:
    """A step on `row` in whose values stands a word of its own."""
    said = text or word()
    journal.record(
        operation="note_by_hand", clause="6.5", actor=actor, subject=row, case=operation.case_of(row),
        payload={"text": said}, files=files,
    )  # fmt: skip
    return said


def parts(engagement) -> list:
    """A row of each kind that belongs to the engagement."""
    kinds = [model for model in policy.registered() if issubclass(model, EngagementPart)]
    rows = [model._default_manager.filter(engagement=engagement).first() for model in kinds]
    return [row for row in rows if row is not None]


def packed(archive, reader, folder) -> tuple[set[str], object]:
    sealing.seal(now=clock.now())
    path = build(archive, folder / "pack.zip", reader)
    checked = examine(path)
    assert checked.findings == []
    return unpacked(path.read_bytes()), checked


@pytest.fixture
def engagement(walked: Walked, db) -> Engagement:
    """The one of ours with the most kinds of inner rows."""
    rows = Engagement.objects.filter(enterprise=walked.ours.cast.enterprise).exclude(consultant=None)
    return max(rows, key=lambda row: len({type(part).__name__ for part in parts(row)} & INNER))


@pytest.fixture
def archive(engagement) -> Archive:
    there = engagement.archives.first()
    return there or Archive.objects.create(engagement=engagement, number="DA-示例-1")


def test_the_client_has_nothing_of_inner_rows(walked, engagement, archive, tmp_path):
    inner = [row for row in parts(engagement) if type(row).__name__ in INNER]
    assert len(inner) >= 5  # else this looks at nothing
    said = {type(row).__name__: say(row) for row in inner}
    for_staff, whole = packed(archive, staff(engagement), tmp_path)
    assert {name for name, text in said.items() if text not in for_staff} == set()
    assert whole.withheld == {}
    for_client, partly = packed(archive, client(engagement), tmp_path)
    assert {name for name, text in said.items() if text in for_client} == set()
    assert len(partly.withheld) >= len(inner)
    assert leaked(walked, "client", for_client & set(walked.planted)) == set()


def test_nor_of_what_staff_wrote_of_open_ones_unless_it_was_written_to_it(engagement, archive, tmp_path):
    kept = say(engagement)
    own = say(engagement, actor=engagement.commissioned_by)
    for_client, _checked = packed(archive, client(engagement), tmp_path)
    assert (kept in for_client, own in for_client) == (False, engagement.commissioned_by.kind == "client")


def test_a_file_of_an_inner_row_is_in_the_inner_pack_alone(engagement, archive, tmp_path):
    import io

    from keqiao.engagement.models import Material, WorkingData

    words = {}
    for model in (WorkingData, Material):
        row = model.objects.filter(enterprise=engagement.enterprise).exclude(blob=None).first()
        row = row or model.objects.filter(enterprise=engagement.enterprise).first()
        words[model] = word()
        blob = vault.store(
            file=io.BytesIO(words[model].encode()), name=f"{words[model]}.txt",
            enterprise_id=engagement.enterprise_id, level=1, actor_id=None,
        )  # fmt: skip
        model.objects.filter(pk=row.pk).update(blob=blob, engagement=engagement)
        say(model.objects.get(pk=row.pk), files=[blob.sha256], text="文件")
    for_staff, _checked = packed(archive, staff(engagement), tmp_path)
    for_client, _checked = packed(archive, client(engagement), tmp_path)
    assert set(words.values()) <= for_staff
    assert set(words.values()) & for_client == {words[Material]}


def test_the_inner_pack_is_for_staff_and_the_clients_for_the_client_too(walked, db):
    archive = make_packs(walked.ours.of(Engagement, Stage.ARCHIVED))
    opens = {
        (key, name)
        for key in ("client", "other client", "expert", "member", "consultant", "manager", "low manager")
        for name in ("blob", "client_blob")
        if opened(walked.ours.person(key), getattr(archive, name))
    }
    staff_who_may = {(key, name) for key in ("consultant", "manager") for name in ("blob", "client_blob")}
    assert opens - {("member", "blob"), ("member", "client_blob")} == {
        *staff_who_may,
        ("client", "client_blob"),
    }


def opened(actor, blob: Blob) -> bool:
    try:
        return open_file(actor, blob.pk) == blob
    except NotFound:
        return False


@pytest.mark.parametrize("level", [Level.TRADE_SECRET, Level.CORE_TRADE_SECRET])
def test_what_lies_above_the_engagement_is_withheld_from_both(engagement, archive, tmp_path, level):
    """A row raised by itself, and what is said about it."""
    row = next(row for row in parts(engagement) if type(row).__name__ not in INNER)
    type(row).objects.filter(pk=row.pk).update(level=level)
    said = say(type(row).objects.get(pk=row.pk))
    assert engagement.level < level
    for reader in (staff(engagement), client(engagement)):
        found, checked = packed(archive, reader, tmp_path)
        assert said not in found
        assert checked.withheld != {}
