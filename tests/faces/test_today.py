"""Today, what changed, and the registry behind them."""

from datetime import date, timedelta

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Role, User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.commission import request_material
from keqiao.engagement.models import Deliverable, Engagement, Member, Task
from keqiao.faces import activity
from keqiao.faces.web import home
from keqiao.kernel.steps import operation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with make.clock.at(make.NOON):
        yield


def due_on(days, **fields):
    one = make.engagement(state=Stage.SUBMITTED, **fields)
    Engagement.objects.filter(pk=one.pk).update(stage_due_on=DAY + timedelta(days=days))
    return one


def groups(person):
    return names(browser_of(person).get("/").context["groups"])


def names(shown):
    return [(one["title"], [row["due"].about.split()[0] for row in one["rows"]]) for one in shown]


def test_late_ones_come_first_then_todays_then_the_next_two_weeks():
    me = make.staff()
    soon, late, now, far = (due_on(days, consultant=me) for days in (9, -3, 0, 15))
    assert groups(me) == [
        ("Late", [late.number]),
        ("Due today", [now.number]),
        ("In the next two weeks", [soon.number]),
    ]
    assert far.number not in text(me, "/")
    assert "3 days late" in text(me, "/")


def test_what_others_are_in_charge_of_is_not_mine():
    due_on(-1)
    assert "Nothing is due from you" in text(make.staff(), "/")


def test_a_manager_sees_what_is_late_in_the_whole_institution_and_a_consultant_does_not():
    one = due_on(-4)
    boss = make.staff(Role.MANAGER)
    assert [
        row["due"].about.split()[0] for row in browser_of(boss).get("/").context["everywhere"]["rows"]
    ] == [one.number]
    assert browser_of(one.consultant).get("/").context["everywhere"] is None


def everywhere(person):
    shown = browser_of(person).get("/").context["everywhere"]
    return [(row["due"].about.split()[0], str(row["due"].label), row["days"]) for row in shown["rows"]]


def late_deliverable(days, **fields):
    one = make.engagement(state=Stage.IMPLEMENTING, **fields)
    Deliverable.objects.create(
        engagement=one, number=f"CG-{one.pk}", name="报告", due_on=DAY - timedelta(days=days)
    )
    return one


def test_late_parts_are_late_in_the_whole_institution_too_the_longest_late_first():
    step, part = due_on(-4), late_deliverable(6)
    late_deliverable(0)  # today is not late
    assert everywhere(make.staff(Role.MANAGER)) == [
        (part.number, "Hand over “报告”", 6),
        (step.number, "Material under review", 4),
    ]


def test_late_parts_above_the_clearance_are_not_named():
    one = late_deliverable(6, level=3, consultant=make.staff(clearance=3))
    boss = make.staff(Role.MANAGER)
    assert one.number not in text(boss, "/") + text(boss, "/late/")
    assert one.number in text(make.staff(Role.MANAGER, clearance=3), "/late/")


def test_more_than_fit_on_today_are_one_click_away():
    boss = make.staff(Role.MANAGER)
    first = [late_deliverable(50 - n) for n in range(20)]
    assert [number for number, *_rest in everywhere(boss)] == [one.number for one in first]
    assert 'href="/late/"' not in text(boss, "/")
    last = due_on(-1)
    assert len(everywhere(boss)) == 20
    assert 'href="/late/"' in text(boss, "/")
    rows = browser_of(boss).get("/late/").context["group"]["rows"]
    assert [row["due"].about.split()[0] for row in rows] == [one.number for one in (*first, last)]


def test_the_list_of_the_late_has_pages(monkeypatch):
    monkeypatch.setattr(home, "A_PAGE", 2)
    boss = make.staff(Role.MANAGER)
    late = [due_on(-days).number for days in (5, 4, 3)]
    pages = [browser_of(boss).get(f"/late/?page={page}") for page in ("1", "2", "x", "0")]
    found = [[row["due"].about.split()[0] for row in page.context["group"]["rows"]] for page in pages]
    assert found == [late[:2], late[2:], late[:2], late[:2]]
    assert [(page.context["earlier"], page.context["later"]) for page in pages[:2]] == [(0, 2), (1, 0)]


def test_a_consultant_finds_the_own_late_ones_there_and_a_client_no_such_page():
    mine = due_on(-4)
    due_on(-5)
    rows = browser_of(mine.consultant).get("/late/").context["group"]["rows"]
    assert [row["due"].about.split()[0] for row in rows] == [mine.number]
    assert status(make.client_of(mine.enterprise), "/late/") == 404
    assert "Nothing is late" in text(make.staff(), "/late/")


def test_what_is_late_everywhere_costs_the_same_with_few_and_with_many():
    boss = make.staff(Role.MANAGER)
    late_deliverable(1)
    few = [queries(boss, path) for path in ("/", "/late/")]
    for days in range(2, 9):
        late_deliverable(days)
    assert [queries(boss, path) for path in ("/", "/late/")] == few
    assert max(few) <= 12


def test_decisions_come_first_and_are_never_cut_and_the_rest_says_how_much_it_is(monkeypatch):
    """The earliest of the rest are shown; every decision is, however far its day."""
    monkeypatch.setattr(home, "ON_TODAY", 3)
    monkeypatch.setattr(home, "A_PAGE", 4)
    boss = make.staff(Role.MANAGER)
    contracts = [make.in_approval() for _n in range(5)]
    for number, contract in enumerate(contracts):
        far = DAY + timedelta(days=100 + number)
        Engagement.objects.filter(pk=contract.engagement_id).update(stage_due_on=far)
    late = [due_on(-days, consultant=boss).number for days in (7, 6, 5, 4, 3, 2)]
    decisions = ("For your decision", [one.engagement.number for one in contracts])
    page = browser_of(boss).get("/")
    assert groups(boss) == [decisions, ("Late", late[:3])]
    assert (page.context["more"], 'href="/due/"' in page.content.decode()) == ("3", True)
    pages = [browser_of(boss).get(f"/due/?page={number}").context for number in (1, 2)]
    assert [names(one["groups"]) for one in pages] == [[decisions, ("Late", late[:4])], [("Late", late[4:])]]
    assert [(one["earlier"], one["later"]) for one in pages] == [(0, 2), (1, 0)]


def test_what_is_whole_on_today_says_nothing_of_more():
    me = make.staff()
    due_on(-1, consultant=me)
    page = browser_of(me).get("/")
    assert (page.context["more"], "/due/" in page.content.decode()) == ("", False)
    assert status(make.client_of(make.enterprise()), "/due/") == 404


def test_a_task_is_its_persons():
    one = make.engagement(state=Stage.IMPLEMENTING)
    helper = make.staff()
    member = Member.objects.create(
        engagement=one, user=helper, role="consultant", duty="调研", undertaking_at=make.NOON
    )
    Task.objects.create(engagement=one, title="整理数据", member=member, due_on=DAY)
    assert "Task: 整理数据" in text(helper, "/")
    assert "Task: 整理数据" not in text(one.consultant, "/")


def test_it_costs_the_same_with_few_and_with_many():
    me = make.staff(Role.MANAGER)
    due_on(-1, consultant=me)
    few = queries(me, "/")
    for days in range(-8, 8):
        due_on(days, consultant=me)
    assert queries(me, "/") == few <= 12


# --- what changed -----------------------------------------------------------------------------------


def asked_for(engagement, actor, name="图纸"):
    operation.run(request_material, actor=actor, engagement=engagement, name=name)


def lines(person):
    return [(one.label, one.times, one.new) for one in activity.latest(actor=User.objects.get(pk=person.pk))]


def test_what_others_did_on_mine_is_news_and_what_i_did_is_not():
    one, boss = make.engagement(state=Stage.SUBMITTED), make.staff(Role.MANAGER)
    asked_for(one, one.consultant)
    assert lines(one.consultant) == []
    asked_for(one, boss)
    asked_for(one, boss, "照片")
    assert [(times, new) for _label, times, new in lines(one.consultant)] == [(2, True)]
    assert lines(make.staff()) == []


def test_the_client_hears_of_it_too_and_another_client_does_not():
    one = make.engagement(state=Stage.SUBMITTED)
    asked_for(one, one.consultant)
    assert len(lines(make.client_of(one.enterprise))) == 1
    assert lines(make.client_of(make.enterprise())) == []


def test_seen_is_seen_until_something_new_happens():
    one, boss = make.engagement(state=Stage.SUBMITTED), make.staff(Role.MANAGER)
    asked_for(one, boss)
    mine = browser_of(one.consultant)
    assert '<span class="kq-count">1</span>' in mine.get("/notifications/").content.decode()
    answer = mine.post("/notifications/seen/", {"next": "/board/"})
    assert (answer.status_code, answer.url) == (302, "/board/")
    assert [new for _label, _times, new in lines(one.consultant)] == [False]
    assert activity.unseen(actor=User.objects.get(pk=one.consultant.pk)) == 0
    asked_for(one, boss)
    assert [new for _label, _times, new in lines(one.consultant)] == [True, False]


def test_marking_as_seen_leads_nowhere_else():
    mine = browser_of(make.staff())
    assert mine.post("/notifications/seen/", {"next": "//attacker.example/"}).url == "/notifications/"
    assert mine.get("/notifications/seen/").status_code == 405
