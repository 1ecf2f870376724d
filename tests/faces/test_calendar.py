"""The month, and the address a calendar program asks."""

from datetime import date

import icalendar
import pytest
from django.test import Client
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Event, Role, SecurityEvent, User
from keqiao.accounts.operations.credentials import set_password
from keqiao.accounts.operations.roles import grant_role, revoke_role
from keqiao.accounts.operations.users import set_clearance
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Deliverable, Engagement
from keqiao.faces.web import calendar
from keqiao.faces.web.calendar import month_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.SITE_ORIGIN = "https://keqiao.example"
    with make.clock.at(make.NOON):
        yield


def due(day, **fields):
    one = make.engagement(state=Stage.SUBMITTED, **fields)
    Engagement.objects.filter(pk=one.pk).update(stage_due_on=day)
    return one


def events(person, month):
    weeks = browser_of(person).get(f"/calendar/?month={month}").context["weeks"]
    return {day.date: [one.label for one in day.events] for week in weeks for day in week if day.events}


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("", date(2026, 3, 1)),
        ("2026-13", date(2026, 3, 1)),
        ("x", date(2026, 3, 1)),
        ("99999-1", date(2026, 3, 1)),
    ],
)
def test_the_month_is_read_from_the_address(given, first):
    assert month_of(given, DAY) == first


def test_a_month_is_whole_weeks_with_each_thing_on_its_day():
    me = make.staff()
    one = due(date(2026, 3, 20), consultant=me)
    due(date(2026, 5, 1), consultant=me)
    weeks = browser_of(me).get("/calendar/?month=2026-03").context["weeks"]
    assert (weeks[0][0].date, weeks[-1][-1].date) == (date(2026, 2, 23), date(2026, 4, 5))
    assert [labels[0].split()[0] for labels in events(me, "2026-03").values()] == [one.number]
    assert list(events(me, "2026-03")) == [date(2026, 3, 20)]


def test_months_follow_each_other():
    shown = text(make.staff(), "/calendar/?month=2026-12")
    assert '"?month=2026-11"' in shown
    assert '"?month=2027-01"' in shown


def labels(person, query=""):
    weeks = browser_of(person).get(f"/calendar/{query}").context["weeks"]
    return [one.label.split()[0] for week in weeks for day in week for one in day.events]


def test_a_manager_begins_with_all_and_a_consultant_with_the_own():
    boss = make.staff(Role.MANAGER)
    own, other = due(date(2026, 3, 4), consultant=boss), due(date(2026, 3, 5))
    Deliverable.objects.create(engagement=other, number="CG-1", name="报告", due_on=date(2026, 3, 6))
    Engagement.objects.filter(pk=other.pk).update(state=Stage.IMPLEMENTING)
    assert labels(boss) == [own.number, other.number, other.number]
    assert labels(boss, "?whose=mine") == [own.number]
    assert labels(other.consultant) == labels(other.consultant, "?whose=all") == [other.number] * 2


def test_a_consultant_sees_in_all_what_the_policy_opens_and_no_more():
    me = make.staff()
    due(date(2026, 3, 4))
    assert labels(me, "?whose=all") == []


def test_whose_is_kept_from_month_to_month():
    boss = make.staff(Role.MANAGER)
    shown = text(boss, "/calendar/?month=2026-12&whose=mine")
    assert 'href="?month=2027-01&amp;whose=mine"' in shown
    assert 'href="/calendar/?whose=mine"' in shown
    assert 'href="?month=2026-12&amp;whose=all"' in shown
    assert 'href="?month=2026-12&amp;whose=mine" aria-current="page"' in shown
    plain = text(boss, "/calendar/?month=2026-12&whose=nobody")
    assert '"?month=2027-01"' in plain
    assert 'href="?month=2026-12&amp;whose=all" aria-current="page"' in plain


def test_a_month_too_full_says_so(monkeypatch):
    monkeypatch.setattr(calendar, "MOST", 2)
    me = make.staff()
    for day in (4, 5):
        due(date(2026, 3, day), consultant=me)
    assert "left out" not in text(me, "/calendar/")
    due(date(2026, 3, 6), consultant=me)
    assert "from 2026-03-05 on" in text(me, "/calendar/")
    assert len(labels(me)) == 2


def test_all_costs_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    due(DAY)
    text(boss, "/calendar/")
    few = queries(boss, "/calendar/")
    for day in range(1, 20):
        due(date(2026, 3, day))
    assert queries(boss, "/calendar/") == few <= 12


def test_an_empty_month_says_what_belongs_there():
    assert "Nothing has a day in this month" in text(make.staff(), "/calendar/")


def test_it_costs_the_same_with_few_and_with_many():
    me = make.staff()
    due(DAY, consultant=me)
    text(me, "/calendar/")
    few = queries(me, "/calendar/")
    for day in range(1, 20):
        due(date(2026, 3, day), consultant=me)
    assert queries(me, "/calendar/") == few <= 12


def test_it_is_for_staff():
    client = make.client_of(make.enterprise())
    assert [status(client, path) for path in ("/calendar/", "/accounts/calendar/")] == [404, 404]


def address(person):
    """The secret address, made on the page; it is shown once."""
    browser = Client()  # by the front door: a new address asks for a password given a moment ago
    browser.post("/accounts/login/", {"login": person.username, "password": "x"})
    shown = browser.post("/accounts/calendar/").context["address"]
    assert shown.startswith("https://keqiao.example/accounts/calendar/")
    assert shown not in browser.get("/accounts/calendar/").content.decode()
    return shown.removeprefix("https://keqiao.example")


def test_the_feed_can_be_read_by_a_calendar_program_and_names_no_client():
    me = make.staff()
    one = due(date(2026, 3, 20), consultant=me)
    due(date(2026, 3, 21))
    answer = Client().get(address(me))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["summary"]).split()[0]) for event in read] == [
        (date(2026, 3, 20), one.number)
    ]
    assert str(read[0]["url"]) == f"https://keqiao.example/engagements/{one.pk}/"
    assert one.enterprise.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("level", "said"), [(1, "交付“配方分析”"), (2, "有一项待办，请登录查看"), (3, "有一项待办，请登录查看")]
)
def test_the_feed_says_of_what_is_above_internal_only_that_something_is_due(level, said):
    """4.1.5, the same as in the letter of the day: a program that asks without signing in reads neither."""
    me = make.staff(clearance=3)
    engagement = make.engagement(state=Stage.IMPLEMENTING, consultant=me, level=level)
    Deliverable.objects.create(
        engagement=engagement, number="CG-1", name="配方分析", due_on=date(2026, 3, 20)
    )
    read = icalendar.Calendar.from_ical(Client().get(address(me)).content).walk("VEVENT")
    [words] = [str(event["summary"]) for event in read if event.decoded("dtstart") == date(2026, 3, 20)]
    assert words == f"{engagement.number} {said}"


def test_only_the_hash_of_the_secret_is_kept_and_a_new_address_ends_the_old():
    me = make.staff()
    first, second = address(me), address(me)
    secret = second.rsplit("/", 1)[-1].removesuffix(".ics")
    kept = User.objects.get(pk=me.pk).calendar_sha256
    assert len(kept) == 64
    assert secret not in kept
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    assert SecurityEvent.objects.filter(event=Event.CALENDAR_LINK_MADE, user=me).count() == 2


def test_a_disabled_account_and_a_guessed_secret_get_nothing():
    me = make.staff()
    mine = address(me)
    User.objects.filter(pk=me.pk).update(is_active=False)
    assert [Client().get(path).status_code for path in (mine, "/accounts/calendar/x.ics")] == [404, 404]


@pytest.mark.parametrize(
    "change",
    [
        lambda me: set_password(user=me, password="eleven quiet cranes fly"),
        lambda me: grant_role(user=me, actor=make.staff(Role.SYSTEM_ADMIN), role=Role.MANAGER),
        lambda me: revoke_role(user=me, actor=make.staff(Role.SYSTEM_ADMIN), role=Role.CONSULTANT),
        lambda me: set_clearance(user=me, actor=make.staff(Role.SECURITY_ADMIN), clearance=3),
    ],
    ids=["password", "granted", "revoked", "clearance"],
)
def test_what_ends_the_sessions_ends_the_address(change):
    me = make.staff(Role.CONSULTANT)
    mine = address(me)
    assert Client().get(mine).status_code == 200
    change(me)
    assert Client().get(mine).status_code == 404
    assert browser_of(User.objects.get(pk=me.pk)).get("/accounts/calendar/").context["has_one"] is False


def by_the_front_door(person):
    browser = Client()
    browser.post("/accounts/login/", {"login": person.username, "password": "x"})
    return browser


@pytest.mark.parametrize("step", [("/accounts/calendar/", {"remove": "1"}), ("/accounts/sessions/", {})])
def test_it_can_be_removed_by_itself_and_goes_with_the_other_sessions(step):
    me = make.staff()
    mine, browser = address(me), by_the_front_door(me)
    for _click in range(2):
        assert browser.post(*step).status_code == 302
    assert Client().get(mine).status_code == 404
    assert User.objects.get(pk=me.pk).calendar_sha256 == ""
    assert SecurityEvent.objects.filter(event=Event.CALENDAR_LINK_REMOVED, user=me).count() == 1
