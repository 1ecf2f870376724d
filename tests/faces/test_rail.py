"""The rail: nine areas of nine entries at most for every role, of lists that the person may see; the rest is set-up."""

import pytest
from django.urls import reverse
from tests.factories import people
from tests.factories.doors import session_of, signed_in

from keqiao.accounts.models import Role
from keqiao.faces.areas import MOST, Area
from keqiao.faces.web.navigation import navigation, setup_of

pytestmark = pytest.mark.django_db
PLACE = {
    "工作台": ["/", "/calendar/"],
    "服务项目": ["/board/", "/engagements/", "/contracts/", "/tasks/"],
}


def rail_of(actor, path="/"):
    return {group.label: [one.url for one in group.items] for group in navigation(actor, path)}


@pytest.mark.parametrize("role", list(Role))
def test_no_role_has_more_than_nine_areas_or_nine_entries_in_one(role):
    rail = rail_of(people.staff(role))
    assert len(rail) <= MOST == len(Area)
    assert {area: len(entries) for area, entries in rail.items() if len(entries) > MOST} == {}
    assert all(len(found) <= MOST for found in setup_of(people.staff(role)).values())


def test_what_a_consultant_does_each_day_stands_in_the_rail():
    rail = rail_of(people.staff(Role.CONSULTANT))
    assert {area: rail[area] for area in PLACE} == PLACE


def test_what_is_set_up_once_stands_on_the_page_of_settings_only():
    manager = people.staff(Role.MANAGER)
    rail = [url for entries in rail_of(manager).values() for url in entries]
    setup = {one.url for found in setup_of(manager).values() for one in found}
    assert setup & set(rail) == set()
    assert {
        "/tags/",
        "/holidays/",
        "/number-formats/",
        "/posts/",
        "/service-items/",
        "/time-limits/",
    } <= setup
    assert reverse("settings") in rail


def test_an_entry_stands_only_where_the_role_sees_that_list():
    """An administrator sees no engagement, so nothing of engagements stands in the rail: not even an empty list."""
    rail = rail_of(people.staff(Role.SYSTEM_ADMIN))
    assert "服务项目" not in rail
    assert "/users/" in rail["机构"]


def test_the_rail_stays_what_it_is_when_a_record_of_another_area_opens():
    consultant = people.staff(Role.CONSULTANT)
    assert rail_of(consultant, "/enterprises/7/") == rail_of(consultant, "/archives/")
    here = [group.label for group in navigation(consultant, "/enterprises/7/") if group.open]
    assert here == ["服务对象"]


def test_a_setting_is_found_by_a_word_of_its_hint():
    page = signed_in(people.staff(Role.MANAGER)).get("/settings/?q=编号规则")
    assert [one.url for found in page.context["groups"].values() for one in found] == ["/number-formats/"]


def test_a_word_that_no_setting_holds_says_so():
    page = signed_in(people.staff(Role.MANAGER)).get("/settings/?q=没有的词")
    assert page.context["groups"] == {}
    assert "没有包含这些文字的设置项" in page.content.decode()


def test_who_sets_up_nothing_has_no_such_page():
    client = signed_in(people.expert())
    assert client.get("/settings/").status_code == 404


NINE_BY_NINE = """() => {
    const rail = document.querySelector(".kq-nav"), area = rail.querySelector("details");
    area.querySelectorAll("li ~ li").forEach(one => one.remove());
    const entry = area.querySelector("li");
    for (let n = 1; n < 9; n++) entry.after(entry.cloneNode(true));
    rail.querySelectorAll(":scope > ul, :scope > details").forEach(one => one === area || one.remove());
    area.open = true;
    for (let n = 1; n < 9; n++) { const other = area.cloneNode(true); other.open = false; area.after(other); }
    return [rail.querySelectorAll("summary").length, area.querySelectorAll("li").length,
            rail.scrollHeight - rail.clientHeight, document.body.scrollWidth - innerWidth];
}"""


@pytest.mark.browser
def test_nine_areas_and_nine_entries_in_the_open_one_are_seen_at_once_on_a_laptop(
    browser, live_server, settings
):
    page = browser(width=1366, height=768)
    session = session_of(signed_in(people.staff(Role.MANAGER)))
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto("/settings/")
    assert page.evaluate(NINE_BY_NINE) == [9, 9, 0, 0]
