"""A deadline of a module whose records belong to no engagement stands wherever deadlines stand."""

from datetime import date, timedelta

import icalendar
import pytest
from django.db.models import Q
from tests.factories import contracts as make
from tests.factories.declared import COMPETENCES, competence_until, declared, of_competence, of_contact
from tests.factories.doors import browser_of, queries, text

from keqiao.accounts.models import Role
from keqiao.accounts.pages.calendar import as_ical
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Contact
from keqiao.faces import dues
from keqiao.kernel.platform import kept_sql
from keqiao.kernel.platform.policy import NOTHING
from keqiao.kernel.steps.deadlines.pending import Span
from keqiao.kernel.steps.deadlines.people import actors, holders

pytestmark = pytest.mark.usefixtures("site")
DAY = make.TODAY


@pytest.fixture
def site(db, settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "master.key")
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with make.clock.at(make.NOON):
        yield


@pytest.fixture
def competences(site):
    with declared(of_competence(), belonging=(COMPETENCES,)):
        yield


def today(person):
    shown = browser_of(person).get("/").context["groups"]
    return [(one["title"], str(row["due"].label), row["due"].url) for one in shown for row in one["rows"]]


@pytest.mark.usefixtures("competences")
def test_it_is_on_the_persons_today_with_its_step_and_on_nobody_elses():
    me, other = make.staff(), make.staff()
    row = competence_until(me, DAY - timedelta(days=2))
    step = f"/staff-competences/{row.pk}/do/update_staff_competence/?next=/staff-competences/{row.pk}/"
    assert today(me) == [("Late", "Renew 示例技术经纪人", step)]
    assert today(other) == []


@pytest.mark.usefixtures("competences")
def test_it_is_in_the_late_list_and_the_calendar_of_all():
    me, boss = make.staff(), make.staff(Role.MANAGER)
    row = competence_until(me, DAY - timedelta(days=2))
    rows = browser_of(boss).get("/late/").context["group"]["rows"]
    assert [(row["due"].url, row["days"], row["due"].who) for row in rows] == [
        (f"/staff-competences/{row.pk}/", 2, me.name)
    ]
    assert "Renew 示例技术经纪人" in text(boss, "/calendar/?month=2026-02&whose=all")


@pytest.mark.usefixtures("competences")
def test_it_is_in_the_calendar_file():
    me = make.staff()
    competence_until(me, DAY)
    found = dues.own(me, Span(last=DAY))
    event = icalendar.Calendar.from_ical(as_ical(found)).walk("VEVENT")[0]
    assert (event.decoded("dtstart"), str(event["summary"])) == (DAY, "Renew 示例技术经纪人")


def test_what_waits_for_a_client_of_no_engagement_is_asked_in_the_portal():
    enterprise = make.enterprise(owner=make.staff())
    mine, other = make.client_of(enterprise), make.client_of(make.enterprise())
    contact = Contact.objects.create(enterprise=enterprise, name="示例联系人", phone="", level=1)
    with declared(of_contact()):
        asked = browser_of(mine).get("/").context["asks"]
        assert [(one.label, one.url, one.about) for one in asked] == [
            ("Tell the telephone of 示例联系人", f"/contacts/{contact.pk}/", enterprise.name)
        ]
        assert browser_of(other).get("/").context["asks"] == []
        # Whoever is in charge of the client has it on their list, as waiting for the client.
        assert [label for _group, label, _url in today(enterprise.owner)] == [
            "Tell the telephone of 示例联系人"
        ]


def test_it_may_wait_for_a_role_or_for_whom_a_function_names():
    boss, auditor, me = make.staff(Role.MANAGER), make.staff(Role.AUDITOR), make.staff()
    competence_until(me, DAY)

    def named(actor):
        return Q() if actor.pk == boss.pk else NOTHING

    for waits_for, expected in ((holders(Role.AUDITOR), [0, 1, 0]), (actors(named), [1, 0, 0])):
        with declared(of_competence(waits_for=waits_for), belonging=(COMPETENCES,)):
            assert [len(today(one)) for one in (boss, auditor, me)] == expected


def test_more_declarations_take_no_more_queries():
    boss = make.staff(Role.MANAGER)
    make.engagement(consultant=boss)
    competence_until(boss, DAY)
    pages = ("/", "/late/", "/calendar/", "/board/")
    with declared(of_competence(), belonging=(COMPETENCES,)):
        few = [queries(boss, page) for page in pages]
    many = [of_competence(key=f"competence_{n}") for n in range(12)]
    with declared(*many, belonging=(COMPETENCES,)):
        assert [queries(boss, page) for page in pages] == few


def test_an_approval_is_there_whatever_its_day():
    contract = make.in_approval()
    boss = make.staff(Role.MANAGER)
    Engagement.objects.filter(pk=contract.engagement_id).update(stage_due_on=date(2026, 3, 23))
    assert today(boss) == [
        ("For your decision", f"Approve contract {contract.number}", f"/contracts/{contract.pk}/")
    ]


def test_whatever_the_house_declares_is_compiled_once_for_all_of_a_kind():
    contract = make.in_approval()
    people = [contract.engagement.consultant, make.staff(Role.MANAGER), make.client_of(contract.enterprise)]
    kept_sql._kept.clear()
    for person in people:
        for page in ("/", f"/engagements/{contract.engagement_id}/"):
            browser_of(person).get(page)
    assert [key for key, statement in kept_sql._kept.items() if statement is None] == []
    statements = len(kept_sql._kept)
    for person in (make.staff(), make.staff(Role.MANAGER), make.client_of(make.enterprise())):
        browser_of(person).get("/")
    assert len(kept_sql._kept) == statements
