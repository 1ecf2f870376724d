"""6.1.2 and 6.1.3: a visit on site where needed; feasibility judged; the client told content, time limit, rights and duties."""

from datetime import date

import pytest
from tests.factories import engagements as e
from tests.factories import files

from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations import material, review
from keqiao.engagement.models import Engagement, Feasibility, Notice
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.platform.levels import Level

DUE = date(2026, 4, 30)


@pytest.fixture
def reviewed(world):
    return e.engagement(world.cast, state=Stage.REVIEWED)


def decide(world, engagement, *, feasible, **texts):
    return review.decide_feasibility(
        engagement=engagement,
        actor=world.person("consultant"),
        feasible=feasible,
        grounds="条件具备",
        **texts,
    )


def accept(world, engagement, **values):
    told = {
        "content": "编制申报书", "time_limit": DUE, "client_rights": "知情", "client_duties": "如实提供资料", "our_rights": "收费",
        "our_duties": "保密",
    }  # fmt: skip
    return review.accept_commission(
        engagement=e.fresh(engagement), actor=world.person("consultant"), **{**told, **values}
    )


def decline(world, engagement, **values):
    return review.decline_commission(
        engagement=e.fresh(engagement),
        actor=world.person("consultant"),
        **{"reasons": "超出能力范围", "advice": "可委托检测机构", **values},
    )


def visit(world, engagement, *, on, **values):
    told = {"place": "示例厂区", "people": "示例联系人", "findings": "生产线在用"}
    return review.record_site_visit(
        engagement=engagement, actor=world.person("consultant"), visited_on=on, **{**told, **values}
    )


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 1)])
def test_a_visit_is_recorded_once_it_was_made(world, reviewed, day):
    """6.1.2: on site where needed; until feasibility is decided it can still be made."""
    made = visit(world, reviewed, on=day)
    assert (made.visited_on, made.findings, made.blob) == (day, "生产线在用", None)


def test_a_report_of_the_visit_is_kept_as_closely_as_the_engagement(world, reviewed):
    """4.1.5: the client's secrets seen on site."""
    Engagement.objects.filter(pk=reviewed.pk).update(level=Level.TRADE_SECRET)
    made = visit(world, e.fresh(reviewed), on=date(2026, 3, 2), file=files.pdf("现场照片.pdf", mark="site"))
    assert (made.level, made.blob.level, made.blob.enterprise_id) == (2, 2, world.ours.pk)


def test_a_needed_visit_comes_before_the_end_of_the_review(world):
    one = e.engagement(world.cast, state=Stage.SUBMITTED)
    one.materials.update(state="accepted")
    by = {"actor": world.person("consultant"), "site_visit_needed": True}
    with pytest.raises(Refusal) as refused:
        material.finish_review(engagement=e.fresh(one), **by)
    assert (refused.value.clause, list(refused.value.fields)) == ("6.1.2", ["site_visit_needed"])
    visit(world, e.fresh(one), on=date(2026, 3, 2))
    material.finish_review(engagement=e.fresh(one), **by)
    after = e.fresh(one)
    assert (after.state, after.stage_due_on) == ("reviewed", date(2026, 3, 5))  # three working days


def test_nothing_is_accepted_or_declined_undecided(world, reviewed):
    """6.1.3: feasibility is judged first."""
    for step in (accept, decline):
        with pytest.raises(Refusal) as refused:
            step(world, reviewed)
        assert [one.clause for one in refused.value.missing] == ["6.1.3"]
    assert Notice.objects.filter(engagement=reviewed).count() == 0


@pytest.mark.parametrize("last", [True, False])
def test_the_last_decision_counts_and_the_earlier_stays(world, reviewed, last):
    decide(world, reviewed, feasible=not last)
    decide(world, reviewed, feasible=last, risks="工期紧")
    fits, unfit = (accept, decline) if last else (decline, accept)
    with pytest.raises(Refusal):
        unfit(world, reviewed)
    fits(world, reviewed)
    rows = Feasibility.objects.filter(engagement=reviewed).order_by("pk")
    assert list(rows.values_list("feasible", "risks", "decided_by_id")) == [
        (not last, "", world.people["consultant"].pk),
        (last, "工期紧", world.people["consultant"].pk),
    ]


def test_an_acceptance_tells_content_time_limit_rights_and_duties_of_both(world, reviewed):
    """6.1.3: if able, tell content, time limits, rights and duties of all parties."""
    decide(world, reviewed, feasible=True)
    accept(world, reviewed)
    notice = Notice.objects.get(engagement=reviewed)
    assert (notice.kind, notice.content, notice.time_limit) == ("acceptance", "编制申报书", DUE)
    assert (notice.client_rights, notice.client_duties, notice.our_rights, notice.our_duties) == (
        "知情", "如实提供资料", "收费", "保密",
    )  # fmt: skip
    assert (notice.number[:8], notice.blob.name) == ("TZ-2026-", f"受理通知书-{notice.number}.pdf")
    after = e.fresh(reviewed)
    assert (after.state, after.stage_due_on, after.closed_reason) == ("accepted", date(2026, 3, 23), "")


def test_a_time_limit_may_be_the_same_day(world, reviewed):
    decide(world, reviewed, feasible=True)
    accept(world, reviewed, time_limit=date(2026, 3, 2))
    assert Notice.objects.get(engagement=reviewed).time_limit == date(2026, 3, 2)


def test_a_decline_gives_its_reasons_and_ends_the_commission(world, reviewed):
    """6.1.3: if not able, the client is told why, and what else it could do; nothing is due any more."""
    decide(world, reviewed, feasible=False)
    decline(world, reviewed)
    notice = Notice.objects.get(engagement=reviewed)
    assert (notice.kind, notice.reasons, notice.advice) == ("decline", "超出能力范围", "可委托检测机构")
    assert (notice.time_limit, notice.blob.name) == (None, f"不予受理通知书-{notice.number}.pdf")
    after = e.fresh(reviewed)
    assert (after.state, after.closed_reason, after.stage_due_on) == ("declined", "超出能力范围", None)


@pytest.mark.parametrize("feasible", [True, False])
def test_the_client_is_told_by_a_letter_that_says_nothing_of_the_matter(world, reviewed, feasible):
    """4.1.5: a letter says that something waits, and where; reasons and content stand in the portal."""
    decide(world, reviewed, feasible=feasible)
    notice = (accept if feasible else decline)(world, reviewed)
    [letter] = Outbox.objects.filter(topic="mail", key=f"notice-{notice.pk}")
    assert letter.payload["to"] == [world.people["client"].email]
    said = letter.payload["subject"] + letter.payload["body"]
    assert [text in said for text in ("编制申报书", "超出能力范围", reviewed.title)] == [False] * 3
    assert f"/engagements/{reviewed.pk}/" in said


def test_notices_of_both_kinds_share_their_numbers(world):
    """4.4.2: one register of notices without a gap."""
    numbers = []
    for feasible in (True, False):
        one = e.engagement(world.cast, state=Stage.REVIEWED)
        decide(world, one, feasible=feasible)
        notice = (accept if feasible else decline)(world, one)
        numbers.append(int(notice.number.removeprefix("TZ-2026-")))
    assert numbers[1] == numbers[0] + 1
