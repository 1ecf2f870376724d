"""The board: columns, filters, limits, and what it costs."""

from datetime import date, timedelta

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Complaint, Deliverable, Engagement, Member, Milestone, Plan, Task
from keqiao.engagement.pages.board import A_COLUMN
from keqiao.kernel.platform.clock import today

pytestmark = pytest.mark.usefixtures("site")


def columns(person, query=""):
    shown = browser_of(person).get(f"/board/{query}").context["columns"]
    return {str(one.label): (one.count, [card.title for card in one.cards], one.more) for one in shown}


def test_each_open_engagement_stands_in_the_column_of_its_step():
    boss = make.staff(Role.MANAGER)
    one, other = make.engagement(state=Stage.DRAFT), make.engagement(state=Stage.CONTRACTED)
    make.engagement(state=Stage.ARCHIVED)
    found = columns(boss)
    assert found["Commission and material"] == (1, [f"{one.number} {one.enterprise}"], 0)
    assert found["Working group"] == (1, [f"{other.number} {other.enterprise}"], 0)
    assert found["Archive"] == (0, [], 0)


def test_a_consultant_sees_the_own_ones_only():
    one = make.engagement(state=Stage.DRAFT)
    make.engagement(state=Stage.DRAFT)
    assert columns(one.consultant)["Commission and material"] == (1, [f"{one.number} {one.enterprise}"], 0)


def test_filters_stand_in_the_address():
    boss = make.staff(Role.MANAGER)
    ip = make.engagement(state=Stage.DRAFT, item=make.item("5.5"))
    make.engagement(state=Stage.DRAFT, item=make.item("5.3"))
    first = columns(boss, f"?family={ip.item.family_id}")["Commission and material"]
    second = columns(boss, f"?consultant={ip.consultant_id}")["Commission and material"]
    assert first == second == (1, [f"{ip.number} {ip.enterprise}"], 0)
    assert columns(boss, "?family=x&consultant=-1")["Commission and material"][0] == 2


def test_a_full_column_is_cut_with_the_due_first_and_leads_to_the_list():
    boss = make.staff(Role.MANAGER)
    for _ in range(A_COLUMN + 2):
        last = make.engagement(state=Stage.ACCEPTED)
    Engagement.objects.filter(pk=last.pk).update(stage_due_on=today())
    count, cards, more = columns(boss)["Contract"]
    assert (count, len(cards), more) == (A_COLUMN + 2, A_COLUMN, 2)
    assert cards[0] == f"{last.number} {last.enterprise}"
    assert "/engagements/?state=accepted" in text(boss, "/board/")


def test_it_costs_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    make.engagement(state=Stage.DRAFT)
    few = queries(boss, "/board/")
    for state in (Stage.DRAFT, Stage.ACCEPTED, Stage.PLANNING) * 6:
        make.engagement(state=state)
    assert queries(boss, "/board/") == few <= 12


def test_it_is_for_staff():
    assert status(make.client_of(make.enterprise()), "/board/") == 404


def test_an_empty_board_says_what_belongs_there():
    assert "No open engagement" in text(make.staff(), "/board/")


def milestone(one, day, **fields):
    plan, _new = Plan.objects.get_or_create(
        engagement=one, edition=1,
        defaults={
            "number": f"FA-{one.pk}", "objectives": "x", "content": "x", "begins_on": make.TODAY, "state": "confirmed",
        },
    )  # fmt: skip
    return Milestone.objects.create(engagement=one, plan=plan, name="初稿", due_on=day, **fields)


def cards(person, column="Implementation"):
    shown = browser_of(person).get("/board/").context["columns"]
    found = next(one.cards for one in shown if str(one.label) == column)
    return [(card.title.split()[0], card.part, card.mark, card.tone) for card in found]


def test_a_late_part_marks_the_card_of_a_step_without_a_limit():
    boss = make.staff(Role.MANAGER)
    one = make.engagement(state=Stage.IMPLEMENTING)
    milestone(one, today() - timedelta(days=3))
    assert cards(boss) == [(one.number, "Milestone: 初稿", "3 days late", "late")]
    assert cards(one.consultant) == cards(boss)
    assert "Milestone: 初稿" in text(boss, "/board/")


def test_of_step_and_parts_the_earliest_counts_and_what_is_done_or_to_come_does_not():
    boss = make.staff(Role.MANAGER)
    one = make.engagement(state=Stage.INVESTIGATING, stage_due_on=today() - timedelta(days=5))
    milestone(one, today() - timedelta(days=3))
    assert cards(boss, "Investigation") == [(one.number, "", "5 days late", "late")]
    Milestone.objects.update(delivered_on=today())
    Engagement.objects.update(stage_due_on=today() + timedelta(days=1))
    milestone(one, today() + timedelta(days=9))
    assert cards(boss, "Investigation") == [(one.number, "", "", "")]
    Deliverable.objects.create(engagement=one, number="CG-1", name="报告", due_on=today())
    assert cards(boss, "Investigation") == [(one.number, "Hand over “报告”", "due today", "due")]


def test_fees_tasks_and_complaints_mark_the_card_too():
    boss = make.staff(Role.MANAGER)
    contract = make.signed()
    one = contract.engagement
    Engagement.objects.update(state=Stage.IMPLEMENTING, stage_due_on=None)
    with make.days_on(20):  # 2026-03-22: the first instalment was due on the 20th
        assert cards(boss) == [(one.number, "Fee: 首期", "2 days late", "late")]
        member = Member.objects.create(engagement=one, user=one.consultant, role="leader", duty="总负责")
        Task.objects.create(engagement=one, title="整理", member=member, due_on=date(2026, 3, 19))
        assert cards(boss) == [(one.number, "Task: 整理", "3 days late", "late")]
        Complaint.objects.create(
            engagement=one,
            number="TS-1",
            kind="complaint",
            text="慢",
            channel="phone",
            due_on=date(2026, 3, 18),
        )
        assert cards(boss) == [(one.number, "Answer TS-1", "4 days late", "late")]


def test_nobody_is_late_with_parts_of_what_ended_early():
    one = make.engagement(state=Stage.ENDED_EARLY)
    milestone(one, today() - timedelta(days=3))
    assert cards(make.staff(Role.MANAGER), "Archive") == [(one.number, "", "", "")]


def test_the_late_stand_in_front_of_a_full_column_the_longest_late_first():
    boss = make.staff(Role.MANAGER)
    *_rest, before, last = [make.engagement(state=Stage.IMPLEMENTING) for _ in range(A_COLUMN + 2)]
    milestone(last, today() - timedelta(days=2))
    milestone(before, today() - timedelta(days=9))
    assert [card[0] for card in cards(boss)[:2]] == [before.number, last.number]


def test_late_parts_cost_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    milestone(make.engagement(state=Stage.IMPLEMENTING), today() - timedelta(days=3))
    few = queries(boss, "/board/")
    for days in range(1, 8):
        milestone(make.engagement(state=Stage.IMPLEMENTING), today() - timedelta(days=days))
    assert queries(boss, "/board/") == few <= 12
