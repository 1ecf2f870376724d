"""6.3.1 to 6.3.3: working group, investigation, plan."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.deadlines import AT_WORK, STEP_DAY, part_of, step
from keqiao.engagement.case.states import Stage
from keqiao.engagement.preparation.models.group import Member, MemberRole, Task
from keqiao.engagement.preparation.models.plan import Plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.steps.deadlines.people import CLIENT, person
from keqiao.kernel.steps.deadlines.registry import declare

part = part_of("6.3.1")

declare(
    step(Stage.CONTRACTED, clause="6.3.1", ends_with=("form_group",)),
    step(Stage.INVESTIGATING, clause="6.3.2", ends_with=("finish_investigation",)),
    step(Stage.PLANNING, clause="6.3.3", ends_with=("confirm_plan",)),
    part(
        model=Member,
        key="undertaking",
        when=Q(undertaking_at=None, left_on=None) & ~Q(role=MemberRole.CLIENT),
        day=STEP_DAY,
        waits_for=person("user"),
        ends_with=("sign_undertaking",),
        text=_("Sign the confidentiality undertaking"),
        named="duty",
        clause="4.1.5",
    ),
    part(
        model=Task,
        key="task",
        when=Q(done_on=None),
        day="due_on",
        waits_for=person("member__user"),
        ends_with=("finish_task",),
        text=_("Task: %(name)s"),
        named="title",
    ),
    part(
        model=Plan,
        key="plan",
        when=Q(state=PlanState.SENT) & AT_WORK,
        day=STEP_DAY,
        waits_for=CLIENT,
        ends_with=("confirm_plan", "reject_plan"),
        text=_("Confirm plan %(name)s"),
        named="number",
        clause="6.3.3",
    ),
)
