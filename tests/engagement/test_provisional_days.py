"""A day in a year whose table of days off isn't there is provisional wherever it stands, and reckoned anew when it comes."""

import json
from datetime import UTC, date, datetime

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.accounts.operations.calendar_link import renew_calendar_link
from keqiao.accounts.operations.digest import queue_digest
from keqiao.engagement.case.operations.steps import begin_step
from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.complaint import file_complaint
from keqiao.engagement.models import Complaint, ComplaintKind, Engagement, StageLimit, Survey
from keqiao.engagement.tasks import reckon_provisional_days
from keqiao.enterprises.models import Contact
from keqiao.kernel.models import Entry, Holiday, HolidayYear, Outbox
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.steps.deadlines.legs import never
from keqiao.kernel.steps.deadlines.registry import declared
from keqiao.kernel.steps.deadlines.reminding import Wish, due_to_say

FILED = datetime(2026, 12, 20, 4, tzinfo=UTC)
MARKED = "2027-01-11（暂定）"


@pytest.fixture
def case(db, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with clock.at(FILED), translation.override("zh-hans"):
        me = make.staff(Role.CONSULTANT)
        me.email = "consultant@example.com"
        me.save()
        engagement = make.engagement(state=Stage.SUBMITTED, consultant=me)
        StageLimit.objects.update_or_create(state=Stage.SUBMITTED, defaults={"working_days": 15})
        begin_step(engagement)
        yield engagement


@pytest.fixture
def complaint(case):
    Contact.objects.create(enterprise=case.enterprise, name="王", email="wang@example.com", is_primary=True)
    return file_complaint(
        engagement=case, actor=case.consultant, kind=ComplaintKind.COMPLAINT, text="报告晚了", channel="phone"
    )


def table_comes(*days_off):
    for day in days_off:
        Holiday.objects.create(day=day, is_working=False, name="元旦", source="示例通知")
    HolidayYear.objects.create(year=2027, source="示例通知")


def test_what_is_promised_is_not_before_the_eleventh(complaint):
    stored = Complaint.objects.get()
    assert (stored.due_on, stored.due_on_provisional) == (date(2027, 1, 11), True)
    assert str(stored.due_on) == MARKED


def test_a_day_in_a_year_with_its_table_has_no_mark(case):
    HolidayYear.objects.create(year=2027, source="示例通知")
    begin_step(case)
    stored = Engagement.objects.get(pk=case.pk)
    assert (str(stored.stage_due_on), stored.stage_due_on_provisional) == ("2027-01-08", False)


@pytest.mark.parametrize(
    "address",
    [
        "/complaints/{complaint}/",
        "/complaints/",
        "/complaints/export.csv",
        "/engagements/{case}/",
        "/engagements/",
        "/engagements/export.csv",
    ],
)
def test_the_mark_stands_wherever_the_day_stands(complaint, case, address):
    shown = browser_of(case.consultant).get(address.format(complaint=complaint.pk, case=case.pk))
    assert is_marked(_text(shown))


def is_marked(text):
    """In the language of the page."""
    return MARKED in text or "2027-01-11 (provisional)" in text


def _text(response):
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_today_and_the_calendar_of_others_have_it_in_time(complaint, case, settings):
    settings.SITE_ORIGIN = "https://keqiao.example"
    with clock.at(datetime(2026, 12, 31, 4, tzinfo=UTC)):
        me = browser_of(case.consultant)
        assert is_marked(_text(me.get("/")))
        secret = renew_calendar_link(actor=case.consultant)
        feed = icalendar.Calendar.from_ical(me.get(reverse("calendar-feed", args=[secret])).content)
    summaries = [str(event["summary"]) for event in feed.walk("VEVENT") if " · " in str(event["summary"])]
    assert len(summaries) == 2  # the step, and the answer


def test_programs_are_told(complaint, case):
    answer = json.loads(_text(browser_of(case.consultant).get(f"/api/v1/complaints/{complaint.pk}/")))
    assert (answer["due_on"], answer["due_on_provisional"]) == ("2027-01-11", True)


def test_letters_say_it(complaint, case):
    [told] = [mail.payload["body"] for mail in Outbox.objects.filter(topic="mail")]
    assert f"{MARKED}" in told
    Outbox.objects.all().delete()
    day = date(2027, 1, 8)
    waits = due_to_say(case.consultant, today=day, wish=Wish(), working=calendar.current())
    queue_digest(user=case.consultant, day=day, waits=waits)
    assert f"{MARKED}" in Outbox.objects.get().payload["body"]


def test_once_the_table_is_there_it_is_reckoned_anew_and_told(complaint, case):
    Outbox.objects.all().delete()
    table_comes(date(2027, 1, 1), date(2027, 1, 4))
    reckon_provisional_days(FILED)
    stored = Complaint.objects.get()
    assert (str(stored.due_on), stored.due_on_provisional) == ("2027-01-12", False)
    entry = Entry.objects.get(operation="reckon_answer_anew")
    assert (entry.actor_label, entry.said.value) == ("system", {"was": "2027-01-11", "becomes": "2027-01-12"})
    [told] = [mail.payload["body"] for mail in Outbox.objects.filter(topic="mail")]
    assert ("2027-01-12" in told, "2027-01-11" in told, "暂定" in told) == (True, True, False)
    step = Engagement.objects.get(pk=case.pk)
    assert (str(step.stage_due_on), Entry.objects.filter(operation="reckon_step_anew").count()) == (
        "2027-01-12",
        1,
    )
    reckon_provisional_days(FILED)
    assert Entry.objects.filter(operation__startswith="reckon_").count() == 2


def test_a_day_that_stays_loses_its_mark_by_an_entry_too(case):
    table_comes(date(2027, 1, 1))
    reckon_provisional_days(FILED)
    entry = Entry.objects.get(operation="reckon_step_anew")
    assert entry.said.value == {"was": "2027-01-11", "becomes": "2027-01-11"}


def test_a_survey_is_waited_for_as_long(case):
    survey = Survey.objects.create(engagement=case, token_sha256="0" * 64)
    assert str(survey.due_on) == "2027-01-04（暂定）"
    assert str(Survey.objects.get().due_on) == "2027-01-04（暂定）"
    table_comes(date(2027, 1, 1), date(2027, 1, 4))
    with clock.at(FILED):
        reckon_provisional_days(FILED)
    assert str(Survey.objects.get().due_on) == "2027-01-05"


def test_only_days_that_were_reckoned_can_be_provisional(db):
    agreed = {deadline.key for deadline in declared() if never(deadline.provisional)}
    assert {"milestone", "deliverable", "fee", "task"} <= agreed
    assert not {"complaint", "survey"} & agreed
