"""A loan each quarter: the next is the managers' to see to, wherever what is due appears, until it was lent."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from tests.sample.examples import loan
from tests.sample.models import Loan
from tests.sample.states import LoanState

from keqiao.accounts.models import User
from keqiao.accounts.operations.calendar_link import renew_calendar_link
from keqiao.accounts.operations.reminders import send_digests
from keqiao.conformity.models import DueRhythm
from keqiao.conformity.tasks import keep_rhythms
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import clock, outbox

pytestmark = pytest.mark.django_db
WORDS = "定期事项到期：借出设备"
LAST, DUE = date(2025, 11, 27), date(2026, 2, 27)  # the world's today is Monday, 2026-03-02


@pytest.fixture
def late(world):
    """The last loan was three months and some days ago."""
    Loan.objects.exclude(lent_on=None).update(lent_on=LAST)
    Outbox.objects.filter(topic__startswith="rhythm").delete()
    keep_rhythms(clock.now())
    assert row() == (LAST, DUE)
    return world


def row():
    return DueRhythm.objects.values_list("last_on", "due_on").get(name="sample.lending")


def page(world, who, path):
    return world.visit(who).get(path).content.decode()


def test_today_late_list_and_calendar_of_the_manager(late):
    assert [WORDS in page(late, "manager", path) for path in ("/", "/late/", "/calendar/?month=2026-02")] == [
        True
    ] * 3
    assert [WORDS in page(late, "consultant", path) for path in ("/", "/late/")] == [False] * 2


def test_the_feed_of_the_calendar(late):
    secret = renew_calendar_link(actor=late.person("manager"))
    feed = Client().get(f"/accounts/calendar/{secret}.ics").content
    events = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert [one.decoded("dtstart") for one in events if WORDS in str(one["summary"])] == [DUE]


def test_a_reminder_letter(late):
    User.objects.filter(pk=late.person("manager").pk).update(email="manager@example.com")
    send_digests(now=datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    letters = [one.payload for one in Outbox.objects.filter(topic="mail")]
    assert [WORDS in one["body"] for one in letters if one["to"] == ["manager@example.com"]] == [True]


def test_its_page_leads_to_the_loans_and_to_the_clause(late):
    due = DueRhythm.objects.get(name="sample.lending")
    shown = page(late, "manager", f"/recurring-duties/{due.pk}/")
    assert ('href="/loans/"' in shown, 'href="/conformity/6.5/"' in shown) == (True, True)


def test_gone_once_it_was_lent_without_waiting_for_the_clock(late):
    loan(late, LoanState.LENT)
    outbox.run_due(now=timezone.now(), limit=5000)
    assert list(Outbox.objects.exclude(error="").values_list("topic", "error")) == []
    assert row() == (date(2026, 3, 2), date(2026, 6, 2))
    assert [WORDS in page(late, "manager", path) for path in ("/", "/late/")] == [False] * 2
