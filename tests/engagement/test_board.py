"""The board: columns, filters, limits, and what it costs."""

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Role
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.board import A_COLUMN
from keqiao.engagement.states import Stage
from keqiao.kernel.clock import today

pytestmark = pytest.mark.usefixtures("site")


def columns(person, query=""):
    shown = browser_of(person).get(f"/board/{query}").context["columns"]
    return {
        str(one["label"]): (one["count"], [card["title"] for card in one["cards"]], one["more"])
        for one in shown
    }


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
    Engagement.objects.filter(pk=last.pk).update(step_due_on=today())
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
