"""6.1.2: the material is reviewed piece by piece: accepted, to correct, or rejected with the reason; what is wrong goes back."""

from datetime import date

import pytest
from tests.factories import engagements as e
from tests.factories import files

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations import material as steps
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Engagement, Material
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Refusal, WrongState

M = MaterialState


@pytest.fixture
def submitted(world):
    """A commission under review with the two pieces of its checklist, of which the licence was given."""
    return e.engagement(world.cast, state=Stage.SUBMITTED)


def piece(engagement, name):
    return engagement.materials.get(name=name)


def licence(engagement):
    return piece(engagement, "营业执照")


def photograph(engagement):
    return piece(engagement, "产品照片")


def judge(world, row, verdict, reason=""):
    return steps.review_material(
        material=row, actor=world.person("consultant"), verdict=verdict, reason=reason
    )


def lacking(guard, engagement):
    return [str(one.text) for one in guard(e.fresh(engagement))]


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (steps.Verdict.ACCEPTED, ""),
        (steps.Verdict.TO_CORRECT, "盖章不清"),
        (steps.Verdict.REJECTED, "已过期"),
    ],
)
def test_a_review_says_what_came_of_it_why_by_whom_and_when(world, submitted, verdict, reason):
    judge(world, licence(submitted), verdict, reason)
    row = licence(submitted)
    assert (row.state, row.reason, row.reviewed_by, row.reviewed_at) == (
        verdict, reason, world.people["consultant"], clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("state", [M.REQUESTED, M.PROVIDED, M.TO_CORRECT, M.REJECTED])
def test_what_is_not_settled_can_be_given_again(world, submitted, state):
    row = licence(submitted)
    Material.objects.filter(pk=row.pk).update(state=state)
    e.provide(licence(submitted), world.cast, file=files.pdf("新执照.pdf", mark="new"))
    assert (licence(submitted).state, licence(submitted).blob.name) == ("provided", "新执照.pdf")


@pytest.mark.parametrize("state", [M.ACCEPTED, M.WAIVED])
def test_what_is_settled_is_not_given_again(world, submitted, state):
    """What was accepted is what the review rests on; nobody exchanges it afterwards."""
    row = licence(submitted)
    Material.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(WrongState):
        e.provide(licence(submitted), world.cast)
    assert licence(submitted).blob == row.blob


def test_an_earlier_file_stays_in_the_record(world, submitted):
    """4.4.2: the record says which file was there before, by its hash."""
    first = licence(submitted).blob
    e.provide(licence(submitted), world.cast, file=files.pdf(mark="second"))
    second = licence(submitted).blob
    entries = Entry.objects.filter(operation="provide_material", subject_id=licence(submitted).pk)
    assert [entry.files_named for entry in entries.order_by("pk")] == [[first.sha256], [second.sha256]]
    assert first.sha256 != second.sha256


@pytest.mark.parametrize("state", [M.PROVIDED, M.ACCEPTED])
def test_what_was_given_is_judged_and_not_waived(world, submitted, state):
    Material.objects.filter(pk=licence(submitted).pk).update(state=state)
    with pytest.raises(WrongState):
        steps.waive_material(
            material=licence(submitted), actor=world.person("consultant"), reason="已包含在年报中"
        )


def test_a_piece_not_needed_says_why(world, submitted):
    steps.waive_material(
        material=photograph(submitted), actor=world.person("consultant"), reason="已包含在年报中"
    )
    assert (photograph(submitted).state, photograph(submitted).reason) == ("waived", "已包含在年报中")


@pytest.mark.parametrize(
    ("of_licence", "of_photograph", "left"),
    [
        (M.ACCEPTED, M.REQUESTED, 0),  # what is not required may be left out
        (M.ACCEPTED, M.WAIVED, 0),
        (M.ACCEPTED, M.TO_CORRECT, 0),
        (M.ACCEPTED, M.REJECTED, 0),
        (M.WAIVED, M.REQUESTED, 0),
        (M.ACCEPTED, M.PROVIDED, 1),  # but what was given is looked at
        (M.PROVIDED, M.PROVIDED, 2),
        (M.REQUESTED, M.WAIVED, 1),
        (M.TO_CORRECT, M.WAIVED, 1),
        (M.REJECTED, M.WAIVED, 1),
    ],
)
def test_the_review_ends_when_nothing_waits_and_nothing_required_lacks(
    submitted, of_licence, of_photograph, left
):
    submitted.materials.filter(name="营业执照").update(state=of_licence)
    submitted.materials.filter(name="产品照片").update(state=of_photograph)
    missing = steps.material_is_accepted(e.fresh(submitted))
    assert (len(missing), {one.clause for one in missing} <= {"6.1.2"}) == (left, True)


@pytest.mark.parametrize(
    ("name", "state", "goes_back"),
    [
        ("营业执照", M.TO_CORRECT, True),
        ("营业执照", M.REJECTED, True),
        ("营业执照", M.REQUESTED, True),  # required, and never given
        ("营业执照", M.PROVIDED, False),
        ("营业执照", M.ACCEPTED, False),
        ("产品照片", M.TO_CORRECT, True),
        ("产品照片", M.REQUESTED, False),  # may be left out
    ],
)
def test_a_commission_goes_back_for_what_is_wrong_or_was_never_given(submitted, name, state, goes_back):
    submitted.materials.update(state=M.WAIVED)
    submitted.materials.filter(name=name).update(state=state)
    assert (lacking(steps.something_to_correct, submitted) == []) is goes_back


def test_what_goes_back_is_told_and_comes_again_corrected(world, submitted):
    """6.1.2: each turn begins its own time limit, and the client is told; what is asked stands in the portal, not in the
    letter (4.1.5)."""
    judge(world, licence(submitted), steps.Verdict.TO_CORRECT, "盖章不清")
    steps.request_correction(
        engagement=e.fresh(submitted), actor=world.person("consultant"), note="请重新扫描执照"
    )
    back = e.fresh(submitted)
    assert (back.state, back.stage_due_on) == ("correcting", date(2026, 3, 16))
    [letter] = Outbox.objects.filter(topic="mail", key__startswith=f"correction-{submitted.pk}-")
    assert letter.payload["to"] == [world.people["client"].email]
    assert ["执照" in letter.payload[part] for part in ("subject", "body")] == [False, False]
    with pytest.raises(Refusal):
        steps.resubmit_commission(engagement=back, actor=world.person("client"))
    e.provide(licence(submitted), world.cast, file=files.pdf(mark="again"))
    steps.resubmit_commission(engagement=e.fresh(submitted), actor=world.person("client"))
    again = e.fresh(submitted)
    assert (again.state, again.stage_due_on) == ("submitted", date(2026, 3, 9))


def test_what_is_waived_needs_no_correction(world, submitted):
    judge(world, licence(submitted), steps.Verdict.REJECTED, "已过期")
    steps.request_correction(engagement=e.fresh(submitted), actor=world.person("consultant"), note="请补正")
    steps.waive_material(material=licence(submitted), actor=world.person("consultant"), reason="已三证合一")
    assert lacking(steps.corrections_given, submitted) == []


@pytest.mark.parametrize("stage", [one for one in Stage if one not in {"draft", "submitted", "correcting"}])
def test_once_the_review_is_over_no_piece_changes(submitted, stage):
    Engagement.objects.filter(pk=submitted.pk).update(state=stage)
    row = licence(submitted)
    assert [one.clause for one in steps.engagement_takes_material(row)] == ["6.1.2"]
