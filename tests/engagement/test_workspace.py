"""The workspace: who sees which page, what it says is missing, and what it costs."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import Guidance, Material, Member, Milestone, Plan
from keqiao.engagement.pages.phase_panels import PHASE_PANELS
from keqiao.engagement.preparation.states import PlanState
from keqiao.enterprises.models import FigureKind, YearlyFigure
from keqiao.kernel.platform import clock

pytestmark = pytest.mark.usefixtures("site")
DAY = date(2026, 3, 20)


def path(engagement, step=""):
    return f"/engagements/{engagement.pk}/" + (f"?step={step}" if step else "")


def filled(state, rows=3):
    """An engagement with several rows in many of its parts."""
    one = make.engagement(state=state)
    Member.objects.create(engagement=one, user=one.consultant, role="leader", duty="总负责")
    for n in range(rows):
        Material.objects.create(engagement=one, name=f"资料{n}", state=MaterialState.PROVIDED)
        plan = Plan.objects.create(
            engagement=one, number="FA-1", edition=n + 1, objectives="目标", content="内容", begins_on=DAY,
            state=PlanState.CONFIRMED if n == 0 else PlanState.SUPERSEDED,
        )  # fmt: skip
        Milestone.objects.create(engagement=one, plan=plan, name=f"里程碑{n}", due_on=DAY)
        Guidance.objects.create(
            engagement=one, given_on=DAY, channel="phone", question="问", advice="答", given_by=one.consultant
        )
    return one


def test_its_consultant_and_a_manager_see_it():
    one = make.engagement(state=Stage.SUBMITTED)
    assert "示例委托" in text(one.consultant, path(one))
    assert "示例委托" in text(make.staff(Role.MANAGER), path(one))


def test_to_others_it_does_not_exist():
    one = make.engagement(state=Stage.SUBMITTED, level=1)
    other_client = make.client_of(make.enterprise())
    assert [
        status(person, path(one)) for person in (make.staff(), other_client, make.staff(Role.SYSTEM_ADMIN))
    ] == [404] * 3


def test_its_client_gets_the_page_of_the_portal():
    one = make.engagement(state=Stage.SUBMITTED)
    answer = browser_of(make.client_of(one.enterprise)).get(path(one))
    assert "portal/engagement.html" in [template.name for template in answer.templates]
    assert "engagement/workspace.html" not in [template.name for template in answer.templates]


def test_a_member_of_the_group_sees_it_and_can_work_but_not_lead():
    one = make.engagement(state=Stage.INVESTIGATING)
    member = make.staff()
    Member.objects.create(
        engagement=one, user=member, role="consultant", duty="调研", undertaking_at=clock.now()
    )
    shown = text(member, path(one))
    assert "/do/record_interview/" in shown
    assert "/do/finish_investigation/" not in shown


def test_the_guard_says_what_is_missing_with_clause_and_the_way_there():
    one = make.engagement(state=Stage.SUBMITTED)
    Material.objects.create(engagement=one, name="营业执照", state=MaterialState.PROVIDED)
    shown = text(one.consultant, path(one))
    assert "“营业执照” is not reviewed." in shown
    assert '<span class="kq-clause">6.1.2</span>' in shown
    assert '<a href="?step=6.1#records">Review it.</a>' in shown
    assert "/do/finish_review/" not in shown


def test_when_nothing_is_missing_the_step_that_carries_on_is_the_main_one():
    one = make.engagement(state=Stage.SUBMITTED)
    Material.objects.create(engagement=one, name="营业执照", state=MaterialState.ACCEPTED)
    shown = text(one.consultant, path(one))
    main = f'<a class="btn btn-primary" href="/engagements/{one.pk}/do/finish_review/'
    assert main in shown
    assert shown.count('class="btn btn-primary" href') == 1


def test_material_is_reviewed_from_the_table_and_leads_back():
    one = make.engagement(state=Stage.SUBMITTED)
    piece = Material.objects.create(engagement=one, name="营业执照", state=MaterialState.PROVIDED)
    assert f"/material/{piece.pk}/do/review_material/?next=/engagements/{one.pk}/" in text(
        one.consultant, path(one)
    )


def test_steps_of_another_state_are_folded_away():
    shown = text((one := make.engagement(state=Stage.SUBMITTED)).consultant, path(one))
    assert "Not possible now (" in shown
    assert shown.index("Not possible now (") < shown.index("Form the working group")


def test_it_says_whom_it_waits_for():
    one = filled(Stage.PLANNING, rows=1)
    Plan.objects.filter(engagement=one).update(state=PlanState.SENT)
    shown = text(one.consultant, path(one))
    assert "Confirm plan FA-1" in shown
    assert "awaits the client" in shown


def test_every_step_has_its_page_and_an_unknown_one_is_the_current():
    one = filled(Stage.IMPLEMENTING)
    titles = {step: text(one.consultant, path(one, step)) for step in PHASE_PANELS}
    assert "里程碑0" in titles["6.3.4"]
    assert "资料0" in titles["6.1"]
    assert "资料0" not in titles["6.3.4"]
    assert "里程碑0" in text(one.consultant, path(one, "../etc"))


OPEN_STATES = [state for state in Stage if state != Stage.SUSPENDED]


@pytest.mark.parametrize("state", OPEN_STATES)
def test_a_page_takes_at_most_twelve_queries(state):
    one = filled(state)
    text(one.consultant, path(one))  # the holiday table is kept after the first reading
    assert queries(one.consultant, path(one)) <= 12


@pytest.mark.parametrize("step", list(PHASE_PANELS))
def test_pages_of_other_steps_take_at_most_twelve_queries(step):
    one = filled(Stage.IMPLEMENTING)
    assert queries(one.consultant, path(one, step)) <= 12


def test_more_rows_take_no_more_queries():
    few, many = filled(Stage.SUBMITTED, rows=1), filled(Stage.SUBMITTED, rows=9)
    assert queries(few.consultant, path(few)) == queries(many.consultant, path(many))


def test_beside_a_declaration_stand_the_facts_of_the_enterprise_with_their_source():
    one, other = make.engagement(item=make.item("5.3")), make.engagement(item=make.item("5.2"))
    for engagement in (one, other):
        YearlyFigure.objects.create(
            enterprise=engagement.enterprise, year=DAY.year - 1, kind=FigureKind.SALES, amount=Decimal("1000000.50"),
            source="示例审计报告", source_date=DAY,
        )  # fmt: skip
    shown = [text(made.consultant, path(made)) for made in (one, other)]
    assert ["示例审计报告" in page for page in shown] == [True, False]
    assert queries(one.consultant, path(one)) <= 12
