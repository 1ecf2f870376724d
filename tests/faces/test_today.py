"""Today, what changed, and the registry behind them."""

from datetime import date, timedelta

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, text

from keqiao.accounts.models import Role, User
from keqiao.engagement.models import Engagement, Member, Task
from keqiao.engagement.operations.commission import request_material
from keqiao.engagement.states import Stage
from keqiao.faces import news, today
from keqiao.faces.today import Due, Span
from keqiao.kernel import operation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with make.clock.at(make.NOON):
        yield


def due_on(days, **fields):
    one = make.engagement(state=Stage.SUBMITTED, **fields)
    Engagement.objects.filter(pk=one.pk).update(step_due_on=DAY + timedelta(days=days))
    return one


def groups(person):
    shown = browser_of(person).get("/").context["groups"]
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


def test_modules_add_what_they_know(monkeypatch):
    monkeypatch.setattr(
        today, "_sources", [lambda _actor, span: [Due(label="课程", on=span.last, url="/x/")]]
    )
    assert [one.on for one in today.due_of(actor=make.staff(), today=DAY)] == [DAY + timedelta(days=14)]


def test_a_span_narrows_by_its_ends():
    assert Span(last=DAY).narrow("due_on") == {"due_on__lte": DAY}
    assert Span(first=DAY, last=DAY).narrow("due_on") == {"due_on__gte": DAY, "due_on__lte": DAY}


# --- what changed -----------------------------------------------------------------------------------


def asked_for(engagement, actor, name="图纸"):
    operation.run(request_material, actor=actor, engagement=engagement, name=name)


def lines(person):
    return [(one.label, one.times, one.new) for one in news.latest(actor=User.objects.get(pk=person.pk))]


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
    assert news.unseen(actor=User.objects.get(pk=one.consultant.pk)) == 0
    asked_for(one, boss)
    assert [new for _label, _times, new in lines(one.consultant)] == [True, False]


def test_marking_as_seen_leads_nowhere_else():
    mine = browser_of(make.staff())
    assert mine.post("/notifications/seen/", {"next": "//attacker.example/"}).url == "/notifications/"
    assert mine.get("/notifications/seen/").status_code == 405
