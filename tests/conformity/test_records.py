"""What stands in a register is counted for the day or the period it belongs to, one click from the rows themselves."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from tests.factories import organisation, people
from tests.factories.engagements import commissioned

from keqiao.accounts.models import Role
from keqiao.conformity.clauses import clauses, find
from keqiao.conformity.pages import records_of
from keqiao.conformity.queries import Period, entries_of, lines
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.validity import term_of
from keqiao.organisation.models import Undertaking

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 3, 2)  # the clock of the house
APRIL = datetime(2026, 4, 1, 2, tzinfo=UTC)


def standing(clause, ref, period=MARCH):
    line = next(one for one in lines(period) if one.clause.id == clause)
    return next(one for one in line.counted if one.evidence.kind == "record" and one.evidence.ref == ref)


def listed(house, counted, period=MARCH):
    """The numbers of the rows behind the link."""
    page = house["reader"].get(records_of(counted, period))
    return sorted(row.pk for row in page.context["table"].page.object_list)


def undertaking(**dates):
    return Undertaking.objects.create(user=people.staff(), text_version="1", **dates)


def test_only_undertakings_in_force_on_the_last_day_count(house):
    signed = date(2026, 1, 5)
    undertaking(signed_on=signed, valid_until=date(2026, 3, 30))
    undertaking(signed_on=date(2026, 4, 1))
    kept = [
        undertaking(signed_on=signed, valid_until=date(2026, 3, 31)),
        undertaking(signed_on=date(2026, 3, 31)),
    ]
    found = standing("4.1.5", "organisation.Undertaking")
    assert (found.count, found.as_of) == (2, date(2026, 3, 31))
    assert listed(house, found) == [one.pk for one in kept]
    before = Period(date(2026, 1, 1), date(2026, 3, 30))
    assert standing("4.1.5", "organisation.Undertaking", before).count == 2
    assert standing("4.1.5", "organisation.Undertaking", Period(date(2025, 1, 1), signed)).count == 2


def test_posts_and_experts_have_no_first_day_so_they_are_counted_as_of_today(house):
    post, expert = organisation.post(), organisation.pool_expert()
    for gone, day in ((organisation.post(), TODAY), (organisation.pool_expert(), date(2025, 12, 31))):
        gone.retired_on = day
        gone.save()
    long_ago = Period(date(2020, 1, 1), date(2020, 12, 31))
    for clause, ref, row in (("4.2.1", "Post", post), ("4.2.5", "Expert", expert)):
        for period in (MARCH, long_ago):
            found = standing(clause, f"organisation.{ref}", period)
            assert (found.count, found.as_of) == (1, TODAY)
            assert listed(house, found, period) == [row.pk]


def test_staff_in_post_have_begun_and_can_sign_in(house):
    post = organisation.post()
    here = organisation.profile(user=people.staff(Role.CONSULTANT), post=post)
    organisation.profile(user=people.staff(is_active=False), post=post)
    later = organisation.profile(user=people.staff(), post=post)
    later.since = date(2026, 3, 3)
    later.save()
    found = standing("4.1.2", "organisation.StaffProfile")
    assert (found.count, found.as_of) == (1, TODAY)
    assert listed(house, found) == [here.pk]


def test_engagements_count_in_the_period_they_began_in(house):
    with clock.at(APRIL):
        new = commissioned(house["casts"]["5.3.c"])
    found = standing("4.1.6", "engagement.Engagement")
    assert (found.count, found.as_of) == (3, None)
    assert len(listed(house, found)) == 3
    april = Period(date(2026, 4, 1), date(2026, 4, 1))
    found = standing("4.1.6.d", "engagement.Engagement", april)
    assert found.count == 1
    assert listed(house, found, april) == [new.pk]


def test_the_whole_record_counts_in_the_period_and_is_listed_where_it_is_counted(house):
    with clock.at(APRIL):
        commissioned(house["casts"]["5.3.c"])
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    found = standing("4.4.2", "kernel.Entry", april)
    assert found.count == 2  # commissioned, and declared truthful
    steps = [one.operation for one in entries_of(find(clause="4.4.2"), april)]
    assert steps == ["declare_truthful", "create_commission"]
    assert standing("4.4.2", "kernel.Entry").count == Entry.objects.exclude(at__gte=APRIL).count()


def test_the_page_leads_to_the_rows_and_says_of_which_day_they_are(house):
    undertaking(signed_on=TODAY)
    page = house["reader"].get("/conformity/4.1.5/?begins=2026-03-01&ends=2026-03-31").content.decode()
    assert '<a class="kq-inline" href="/undertakings/?in_force_on=2026-03-31">1</a>' in page
    assert "截至 2026-03-31" in page
    register = house["reader"].get("/conformity/4.1.6.d/?begins=2026-03-01&ends=2026-03-31").content.decode()
    assert (
        '<a class="kq-inline" href="/engagements/?created_at_after=2026-03-01&amp;created_at_before=2026-03-31">3</a>'
        in register
    )


def test_every_record_says_when_it_counts():
    """By a time of its own in the period, or by the days on which it stands."""
    records = {one for clause in clauses() for one in clause.evidence if one.kind == "record"}
    for one in records:
        model = apps.get_model(one.ref)
        assert bool(one.dated) != bool(term_of(model)), one.ref
        if one.dated:
            assert model._meta.get_field(one.dated).get_internal_type() == "DateTimeField"


@pytest.mark.parametrize(
    ("query", "active"),
    [
        ("", 0),
        ("created_at_after=2026-03-01", 1),
        ("created_at_after=2026-03-01&created_at_before=2026-03-31&state=draft", 2),
    ],
)
def test_a_list_says_how_many_filters_are_in_force(house, query, active):
    assert house["reader"].get(f"/engagements/?{query}").context["active_filters"] == active
