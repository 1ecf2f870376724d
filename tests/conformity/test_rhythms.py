"""The next of a rhythm is due from the managers: by its exact day, late after it, and gone once it was done."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.conformity import registry
from keqiao.conformity.models import DueRhythm
from keqiao.conformity.tasks import keep_rhythms
from keqiao.faces import dues
from keqiao.kernel.models import Entry, Holiday
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.deadlines import registry as deadlines
from keqiao.kernel.steps.deadlines.pending import Span

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 3, 2)
FAR = Span(last=date(2027, 12, 31))


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(make.NOON):
        Holiday.objects.all().delete()  # the days of the example: nothing else of the house needs them here
        yield


@pytest.fixture
def rhythm(monkeypatch):
    """Declares one for a test: so many days in each so many months. It is the only one there."""
    monkeypatch.delitem(registry._measures, "organisation.restore_drill")

    def declare(**how):
        registry.rhythm("sample.drill", of=Holiday, at="day", label="示例演练", **how)

    names = vars(deadlines.get("rhythm"))  # what is to be done is read once a process
    names.pop("names", None)
    yield declare
    names.pop("names", None)
    registry._measures.pop("sample.drill")


def done(*days):
    for day in days:
        Holiday.objects.create(day=day, is_working=True, name="演练", source="样例")


def on(day):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai")))


def kept():
    keep_rhythms(clock.now())
    return DueRhythm.objects.values_list("last_on", "due_on").get(name="sample.drill")


def test_what_was_never_done_is_due_a_stretch_after_it_was_first_asked_for(rhythm):
    rhythm(months=3)
    assert kept() == (None, date(2026, 6, 2))
    with on(date(2026, 5, 1)):
        assert kept() == (None, date(2026, 6, 2))  # it doesn't move by waiting


def test_the_next_is_due_the_same_day_so_many_months_after_the_last(rhythm):
    rhythm(months=3)
    done(date(2026, 1, 31), date(2026, 2, 28))
    assert kept() == (date(2026, 2, 28), date(2026, 5, 28))
    Holiday.objects.filter(day=date(2026, 2, 28)).delete()  # what was taken back was not done
    assert kept() == (date(2026, 1, 31), date(2026, 4, 30))  # April has no 31st


def test_two_in_each_half_year_are_due_half_a_year_after_the_last_but_one(rhythm):
    rhythm(months=6, at_least=2)
    done(date(2026, 2, 1))
    assert kept() == (date(2026, 2, 1), date(2026, 9, 2))
    done(date(2026, 2, 20))
    assert kept() == (date(2026, 2, 20), date(2026, 8, 1))


def test_what_is_only_planned_is_not_done(rhythm):
    rhythm(months=3)
    done(date(2026, 2, 28), date(2026, 3, 3))
    assert kept() == (date(2026, 2, 28), date(2026, 5, 28))
    with on(date(2026, 3, 3)):
        assert kept() == (date(2026, 3, 3), date(2026, 6, 3))


def test_looking_again_writes_nothing(rhythm):
    rhythm(months=3)
    kept()
    steps = list(Entry.objects.values_list("operation", flat=True))
    kept()
    assert (
        steps == list(Entry.objects.values_list("operation", flat=True)) == ["begin_rhythm", "renew_rhythm"]
    )


def test_a_rhythm_that_no_module_declares_any_more_is_due_from_nobody():
    gone = DueRhythm.objects.create(name="sample.gone", due_on=date(2026, 3, 1))
    keep_rhythms(clock.now())
    gone.refresh_from_db()
    assert gone.due_on is None


def test_it_is_late_after_its_day_for_managers_alone_and_gone_once_done(rhythm):
    rhythm(months=3)
    done(date(2025, 12, 2))
    boss, consultant = make.staff(Role.MANAGER), make.staff()
    with on(BEGAN):
        kept()
        assert asked(boss) == [("定期事项到期：示例演练", BEGAN, 0)]
        assert asked(consultant) == []
    with on(BEGAN + timedelta(days=1)):
        assert asked(boss) == [("定期事项到期：示例演练", BEGAN, 1)]
        done(BEGAN + timedelta(days=1))
        kept()
        assert asked(boss) == [("定期事项到期：示例演练", date(2026, 6, 3), 0)]


def asked(person):
    """Label, day and days late of all that waits for this person."""
    found = dues.own(person, FAR)
    assert [one.label for one in dues.all_of(person, FAR)] == [one.label for one in found]
    return [(str(one.label), one.on, one.late_by(clock.today())) for one in found]


def test_its_page_says_how_often_and_leads_to_what_counts(rhythm):
    rhythm(months=3, at_least=2)
    kept()
    [due] = dues.own(make.staff(Role.MANAGER), FAR)
    page = browser_of(make.staff(Role.MANAGER)).get(due.url).content.decode()
    assert ("at least 2 in each 3 months" in page, 'href="/holidays/"' in page) == (True, True)
