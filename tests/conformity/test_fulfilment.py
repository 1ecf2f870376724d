"""Each kind of evidence measures fulfilment: what turns it red, to the day."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Q
from tests.conformity.conftest import NOON
from tests.factories import organisation

from keqiao.conformity import registry
from keqiao.conformity.clauses import Clause, Evidence
from keqiao.conformity.fulfilment import Period, measured, months_after
from keqiao.conformity.queries import Counted, Line, Status, lines
from keqiao.conformity.registry import NoneOpen, Rhythm, Share, Timely
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.engagement.models import Complaint, Deliverable, Milestone
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.models import Entry, Holiday
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import StaffCompetence

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
HOLIDAYS = {"of": Holiday, "when": Q(name="样例")}


def days(*on, working=False):
    Holiday.objects.filter(day__in=on).delete()
    return [Holiday.objects.create(day=day, name="样例", is_working=working, source="样例") for day in on]


def line(clause):
    return next(one for one in lines(MARCH) if one.clause.id == clause)


# share


def test_a_share_is_n_of_m_and_names_what_lacks_it():
    days(date(2026, 3, 2), date(2026, 3, 3), working=True)
    (lacks,) = days(date(2026, 3, 4))
    days(date(2026, 4, 1))  # outside the period
    found = measured(Share(name="x", at="day", has=Q(is_working=True), **HOLIDAYS), MARCH)
    assert (found.n, found.m, list(found.lacking), found.is_met) == (2, 3, [lacks], False)


def test_a_share_of_nothing_is_not_due():
    found = measured(Share(name="x", at="day", has=Q(is_working=True), **HOLIDAYS), MARCH)
    assert (found.n, found.m) == (0, 0)


# timely


def milestone(house, due, delivered):
    engagement = house["made"]["5.5.d"]
    plan = engagement.plans.get()
    return Milestone.objects.create(
        engagement=engagement, plan=plan, name="样例", due_on=due, delivered_on=delivered
    )


def timely():
    return Timely(name="x", of=Milestone, when=Q(name="样例"), due="due_on", done="delivered_on")


def test_done_on_its_day_is_in_time_and_a_day_after_is_late(house):
    milestone(house, date(2026, 3, 10), date(2026, 3, 10))
    late = milestone(house, date(2026, 3, 10), date(2026, 3, 11))
    with clock.at(datetime(2026, 3, 20, 4, tzinfo=UTC)):
        found = measured(timely(), MARCH)
    assert (found.n, found.m, list(found.lacking)) == (1, 2, [late])


@pytest.mark.parametrize(("today", "expected"), [(9, (0, 0)), (10, (0, 0)), (11, (0, 1))])
def test_what_is_not_done_is_late_from_the_day_after(house, today, expected):
    milestone(house, date(2026, 3, 10), None)
    with clock.at(datetime(2026, 3, today, 4, tzinfo=UTC)):
        found = measured(timely(), MARCH)
    assert (found.n, found.m) == expected


def test_a_late_milestone_no_longer_counts_for_4_1_4_and_6_3_4_d(house):
    """Delivered late it stands as a step, and the clause is not met."""
    assert {line("4.1.4").status, line("6.3.4.d").status} <= {Status.MET, Status.MISSING, Status.NOT_DUE}
    milestone(house, date(2026, 3, 3), date(2026, 3, 5))
    with clock.at(datetime(2026, 3, 6, 4, tzinfo=UTC)):
        assert (line("4.1.4").status, line("4.1.4").is_gap) == (Status.LACKING, True)
        taken = next(
            one.taken for one in line("4.1.4").counted if one.evidence.ref == "engagement.milestones"
        )
        assert (taken.n, taken.m) == (0, 1)


def test_what_the_client_gave_back_is_not_delivered_until_it_is_again(house):
    """Handed over by its day and returned: late from the day after, and in time no more where it comes again later."""
    sample = Deliverable.objects.create(
        engagement=house["made"]["5.5.d"], number="CG-样例", name="样例", due_on=date(2026, 3, 10),
        handed_over_on=date(2026, 3, 9), state=DeliverableState.RETURNED,
    )  # fmt: skip
    states = []
    for today, state, handed_over_on in (
        (10, DeliverableState.RETURNED, 9), (11, DeliverableState.RETURNED, 9), (20, DeliverableState.HANDED_OVER, 12),
        (20, DeliverableState.ACCEPTED, 10),
    ):  # fmt: skip
        sample.state, sample.handed_over_on = state, date(2026, 3, handed_over_on)
        sample.save()
        with clock.at(datetime(2026, 3, today, 4, tzinfo=UTC)):
            measure = measured(
                registry.find("engagement.deliverables"), Period(date(2026, 3, 10), date(2026, 3, 10))
            )
        states.append((measure.n, measure.m))
    assert states == [(0, 0), (0, 1), (0, 1), (1, 1)]


def test_a_plan_the_client_sent_back_confirms_nothing_once_it_is_superseded(house):
    def shares():
        measure = measured(registry.find("engagement.confirmed_plans"), MARCH)
        return measure.n, measure.m

    carried_out = house["made"]["5.5.d"]
    assert shares() == (1, 1)
    carried_out.plans.update(state=PlanState.SUPERSEDED, reason="范围太大")
    assert shares() == (0, 1)
    carried_out.plans.update(reason="")
    assert shares() == (1, 1)


# none open, of people


def test_a_consultants_proof_is_none_of_a_managers(house):
    """4.2.2 asks for the knowledge and experience of those who manage, each of them."""
    people = house["people"]
    skill = organisation.competence()
    organisation.able(user=people["consultant"], competence=skill)
    assert (line("4.2.2").status, line("4.2.2").is_gap) == (Status.LACKING, True)
    organisation.able(user=people["manager"], competence=skill)
    assert line("4.2.2").status is Status.MET
    StaffCompetence.objects.filter(user=people["manager"]).update(valid_until=date(2026, 2, 1))
    assert line("4.2.2").status is Status.LACKING


# steps back


def written(name):
    """This step on a day of May, when nothing else was done."""
    entry = Entry.objects.first()
    return Entry.objects.create(
        at=datetime(2026, 5, 1, 4, tzinfo=UTC), actor_label="样例", operation=name, clause="6.2",
        subject_type=entry.subject_type, subject_id=entry.subject_id, case="sample:1",
        case_n=1, header=entry.header, leaf=entry.leaf,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "step"),
    [("6.2", "return_contract"), ("6.3.1", "transfer_engagement"), ("6.2.i", "cancel_engagement"),
     ("6.3.3", "reject_plan"), ("6.4.1", "return_deliverable"), ("6.3.4.f", "withdraw_adjustment")],
)  # fmt: skip
def test_a_step_back_alone_meets_no_clause(house, clause, step):
    """It is listed with the clause, and the clause is as if it weren't there."""
    without = {row.clause.id: row for row in lines(Period(date(2026, 5, 1), date(2026, 5, 2)))}[clause].status
    written(step)
    row = {row.clause.id: row for row in lines(Period(date(2026, 5, 1), date(2026, 5, 2)))}[clause]
    assert (without, row.status) == (Status.MISSING, Status.MISSING)
    [counted] = [counted for counted in row.counted if counted.evidence.ref == step]
    assert (counted.count, counted.status) == (1, Status.NOT_DUE)


# rhythm


def rhythm(**more):
    return Rhythm(name="x", at="day", months=3, label="样例", **HOLIDAYS, **more)


YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
YEAR_END = datetime(2026, 12, 31, 4, tzinfo=UTC)


def test_one_in_each_quarter_is_the_rhythm_and_a_quarter_without_breaks_it():
    days(date(2026, 2, 10), date(2026, 5, 10), date(2026, 11, 10))
    with clock.at(YEAR_END):
        found = measured(rhythm(), YEAR)
    # counted back from 31 December: October to December, July to September, April to June, January to March
    assert (found.n, found.m) == (3, 4)
    assert [(one.begins, one.ends) for one in found.failed] == [(date(2026, 7, 1), date(2026, 9, 30))]
    assert found.next_on == date(2027, 2, 10)


def test_two_in_each_quarter_want_two():
    days(date(2026, 10, 8), date(2026, 12, 9))
    with clock.at(YEAR_END):
        found = measured(rhythm(at_least=2), Period(date(2026, 10, 1), date(2026, 12, 31)))
    assert (found.n, found.m, found.next_on) == (1, 1, date(2027, 1, 8))


def test_a_period_shorter_than_the_stretch_asks_for_nothing_yet():
    with clock.at(YEAR_END):
        found = measured(rhythm(), Period(date(2026, 11, 1), date(2026, 12, 31)))
    assert (found.n, found.m, found.next_on) == (0, 0, None)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), -3, date(2025, 10, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_with_their_last_day(day, months, expected):
    assert months_after(day, months) == expected


# none open


def test_one_open_row_is_enough_to_turn_it_red():
    measure = NoneOpen(name="x", open=lambda day: Q(day__lt=day), **HOLIDAYS)
    with clock.at(datetime(2026, 3, 20, 4, tzinfo=UTC)):
        assert measured(measure, MARCH).m == 0
        (late,) = days(date(2026, 3, 19))
        assert list(measured(measure, MARCH).lacking) == [late]
        assert measured(measure, Period(date(2026, 3, 1), date(2026, 3, 19))).m == 0  # as it stood that day


def test_one_complaint_does_not_turn_7_2_green(house):
    """Filed it counts; overdue without an answer the clause is red, and answered in time it is met."""
    assert line("7.2").status is Status.MISSING
    engagement = house["made"]["5.5.d"]
    complaint = get("file_complaint")(
        actor=house["people"]["client"], engagement=engagement, kind="complaint", text="样例", channel="phone"
    )
    assert isinstance(complaint, Complaint)
    with clock.at(NOON + timedelta(days=28)):
        found = line("7.2")
        assert (found.status, found.is_gap, found.total) == (Status.LACKING, True, 1)
        Complaint.objects.filter(pk=complaint.pk).update(state="answered", answered_on=complaint.due_on)
        assert line("7.2").status is Status.MET


# the worst line decides


def evidence(kind="operation"):
    return Evidence(kind, "样例", "sample", ref=None if kind == "by_hand" else "x")


def taken(n, m):
    return measured(Share(name="x", at="day", has=Q(), **HOLIDAYS), MARCH).__class__(
        n=n, m=m, lacking=Holiday.objects.none()
    )


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ([("operation", 3, None)], Status.MET),
        ([("operation", 0, None), ("record", 2, None)], Status.MET),  # steps and registers say it together
        ([("operation", 0, None), ("by_hand", None, None)], Status.MISSING),
        ([("by_hand", None, None)], Status.OUTSIDE),
        ([("operation", 3, None), ("share", 1, (1, 2))], Status.LACKING),
        ([("operation", 3, None), ("share", 2, (2, 2))], Status.MET),
        ([("operation", 0, None), ("share", 0, (0, 0))], Status.MISSING),
        ([("share", 0, (0, 0))], Status.NOT_DUE),
        ([("operation", 3, None), ("none_open", 1, (0, 1))], Status.LACKING),
        ([("operation", 3, None), ("none_open", 0, (0, 0))], Status.MET),
    ],
)
def test_the_worst_line_decides(counted, expected):
    made = tuple(
        Counted(evidence(kind), count, taken=taken(*of) if of else None) for kind, count, of in counted
    )
    assert Line(Clause("6.1", "样例", "sample", "S"), 1, made).status is expected


# services offered


def test_a_service_that_is_not_offered_is_grey_and_one_offered_is_asked_for(house, monkeypatch):
    monkeypatch.setattr(registry, "_offered", [lambda _day: frozenset({"5.5.a", "5.5.d"})])
    found = {one.clause.id: one for one in lines(MARCH) if one.clause.id.startswith("5.")}
    assert (found["5.5.a"].status, found["5.5.a"].strength) == (Status.MISSING, "S")
    assert (found["5.5.d"].status, found["5.5"].strength) == (Status.MET, "S")
    assert (found["5.5.b"].status, found["5.5.b"].strength) == (Status.NOT_OFFERED, "M")
    assert found["5.1"].status is Status.NOT_OFFERED


# declarations that can't stand


def test_two_measures_of_one_name_are_refused():
    with pytest.raises(
        DeclarationError, match=r"expected a name of its own for each measure, came 'engagement.packed'"
    ):
        registry.share("engagement.packed", of=Holiday, at="day", has=Q())


def test_a_measure_of_a_field_that_is_not_there_is_refused():
    with pytest.raises(
        DeclarationError, match=r"expected a field of kernel.Holiday, came 'due'.*Correct the name"
    ):
        registry.timely("x.y", of=Holiday, due="due", done="day")


def test_a_rhythm_of_no_months_is_refused():
    with pytest.raises(DeclarationError, match=r"at least one row in at least one month"):
        registry.rhythm("x.y", of=Holiday, at="day", months=0, label="样例")


def test_two_apps_cannot_both_say_what_is_offered(monkeypatch):
    monkeypatch.setattr(registry, "_offered", [lambda _day: frozenset()])
    with pytest.raises(DeclarationError, match="one app to say what is offered"):
        registry.services_offered(lambda _day: frozenset())


def test_a_step_of_an_engagement_names_the_service_in_its_sealed_header(house):
    entry = Entry.objects.filter(case=f"engagement:{house['made']['5.3.c'].pk}").latest("pk")
    assert json.loads(entry.header)["services"] == ["5.3.c"]
    assert list(entry.services.values_list("code", flat=True)) == ["5.3.c"]
