"""From an enterprise's page and from the board to the list of just what was left out there."""

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, text

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.board import A_COLUMN

pytestmark = pytest.mark.usefixtures("site")


def listed(person, address):
    """The numbers on a list, in its order."""
    return [row.number for row in browser_of(person).get(address).context["table"].page]


def board_link(person, label, query=""):
    shown = browser_of(person).get(f"/board/{query}").context["columns"]
    return next(one.url for one in shown if str(one.label) == label)


def many(count, **fields):
    """Bare rows; the pages read no more of them."""
    one = make.engagement(**fields)
    given = {
        name: getattr(one, name)
        for name in (
            "enterprise",
            "item",
            "title",
            "need",
            "consultant",
            "commissioned_by",
            "state",
            "stage_since",
        )
    }
    more = [Engagement(number=f"WT-M-{n:04d}", contact_name="示例", **given) for n in range(count - 1)]
    Engagement.objects.bulk_create(more)
    return one


def test_the_fifty_first_engagement_of_an_enterprise_is_one_click_from_its_page():
    boss = make.staff(Role.MANAGER)
    one = many(51, state=Stage.DRAFT)
    make.engagement(state=Stage.DRAFT)
    shown = text(boss, f"/enterprises/{one.enterprise_id}/")
    address = f"/engagements/?enterprise={one.enterprise_id}"
    assert f'href="{address}"' in shown
    assert "The first 50 are shown." in shown
    answer = browser_of(boss).get(address)
    assert answer.context["table"].page.paginator.count == 51
    assert answer.context["active_filters"] == 1


def test_with_fifty_nothing_is_left_out():
    one = many(50, state=Stage.DRAFT)
    assert "are shown." not in text(make.staff(Role.MANAGER), f"/enterprises/{one.enterprise_id}/")


def test_a_column_of_several_states_leads_to_just_its_engagements():
    boss = make.staff(Role.MANAGER)
    inside = [make.engagement(state=state).number for state in (Stage.DRAFT, Stage.SUBMITTED)]
    make.engagement(state=Stage.ACCEPTED)
    make.engagement(state=Stage.DECLINED)
    address = board_link(boss, "Commission and material")
    assert address == (
        "/engagements/?state=draft&state=submitted&state=correcting&state=reviewed&sort=stage_due_on"
    )
    assert sorted(listed(boss, address)) == inside


def test_the_boards_filters_go_along():
    boss = make.staff(Role.MANAGER)
    one = make.engagement(state=Stage.DRAFT, item=make.item("5.5"))
    make.engagement(state=Stage.DRAFT, item=make.item("5.5"))
    make.engagement(state=Stage.DRAFT, item=make.item("5.3"), consultant=one.consultant)
    chosen = f"?family={one.item.family_id}&consultant={one.consultant_id}"
    address = board_link(boss, "Commission and material", chosen)
    assert listed(boss, address) == [one.number]
    assert (
        len(listed(boss, board_link(boss, "Commission and material", f"?family={one.item.family_id}"))) == 2
    )


def test_a_full_column_shows_its_link():
    boss = make.staff(Role.MANAGER)
    many(A_COLUMN + 1, state=Stage.REVIEWED)
    assert "state=correcting&amp;state=reviewed&amp;sort=stage_due_on" in text(boss, "/board/")


def test_one_state_is_chosen_from_a_plain_list_and_several_are_kept_by_the_form():
    boss = make.staff(Role.MANAGER)
    draft, sent = make.engagement(state=Stage.DRAFT), make.engagement(state=Stage.SUBMITTED)
    make.engagement(state=Stage.ACCEPTED)
    field = browser_of(boss).get("/engagements/?state=draft").context["filter"].form["state"]
    drawn = str(field)
    assert "multiple" not in drawn
    assert '<option value="draft" selected>' in drawn
    assert '<option value="">All</option>' in drawn
    plain = str(browser_of(boss).get("/engagements/").context["filter"].form["state"])
    assert '<option value="" selected>All</option>' in plain
    two = browser_of(boss).get("/engagements/?state=draft&state=submitted")
    drawn = str(two.context["filter"].form["state"])
    assert ("multiple" in drawn, drawn.count("selected")) == (True, 2)
    assert sorted(listed(boss, "/engagements/?state=draft&state=submitted")) == [draft.number, sent.number]
    assert len(listed(boss, "/engagements/?state=")) == 3


def test_the_list_costs_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    one = make.engagement(state=Stage.DRAFT)
    address = f"/engagements/?enterprise={one.enterprise_id}&state=draft&state=submitted"
    few = queries(boss, address)
    for _ in range(5):
        make.engagement(state=Stage.DRAFT, enterprise=one.enterprise)
    assert queries(boss, address) == few <= 12
