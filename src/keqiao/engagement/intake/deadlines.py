"""6.1: material, declaration, review."""

from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from keqiao.engagement.case.deadlines import STEP_DAY, part_of, step
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.states import GIVING, Stage
from keqiao.engagement.intake.models import Material
from keqiao.engagement.intake.states import MaterialState
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.people import CHARGE, CLIENT
from keqiao.kernel.steps.deadlines.registry import declare

TO_GIVE = Q(state__in=[MaterialState.TO_CORRECT, MaterialState.REJECTED]) | Q(
    state=MaterialState.REQUESTED, required=True
)
LACKING = Exists(Material.objects.filter(TO_GIVE, engagement=OuterRef("pk")))

part = part_of("6.1.1")
# What the client does with the commission itself; the step waits for it.
of_client = partial(
    Deadline, model=Engagement, day="stage_due_on", waits_for=CLIENT, clause="6.1.1", followed=False
)

declare(
    step(
        Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING, Stage.REVIEWED, clause="6.1",
        ends_with=("submit_commission", "finish_review", "accept_commission", "decline_commission"),
    ),
    part(
        model=Material,
        key="material",
        when=TO_GIVE & Q(engagement__state__in=GIVING),
        day=STEP_DAY,
        waits_for=CLIENT,
        ends_with=("provide_material",),
        text=_("Provide “%(name)s”"),
        named="name",
        together=ngettext_lazy("Provide %(n)s piece of material", "Provide %(n)s pieces of material", "n"),
        followed=False,  # the step itself waits for it
    ),
    of_client(
        key="declaration",
        when=Q(truthful_at=None, state__in=GIVING),
        ends_with=("declare_truthful",),
        text=_("Declare the material truthful"),
    ),
    of_client(
        key="submission",
        when=Q(truthful_at__isnull=False, state=Stage.DRAFT),
        ends_with=("submit_commission",),
        text=_("Submit the commission"),
    ),
    of_client(
        key="correction",
        when=Q(state=Stage.CORRECTING) & ~Q(LACKING),
        ends_with=("resubmit_commission",),
        text=_("Submit the corrected material"),
        clause="6.1.2",
    ),
    part(
        model=Material,
        key="review",
        when=Q(state=MaterialState.PROVIDED, engagement__state=Stage.SUBMITTED),
        day=STEP_DAY,
        waits_for=CHARGE,
        ends_with=("review_material",),
        text=_("Review “%(name)s”"),
        named="name",
        clause="6.1.2",
    ),
)  # fmt: skip
