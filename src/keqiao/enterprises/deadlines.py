"""An enterprise as what deadlines belong to: what outlives an engagement is due to it. And what waits for a second person."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.codes import twins_known_to
from keqiao.enterprises.models import Enterprise, Lowering
from keqiao.enterprises.states import LoweringState
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.deadlines.declaration import About, Deadline
from keqiao.kernel.steps.deadlines.people import approver
from keqiao.kernel.steps.deadlines.registry import belongs, declare

belongs(
    About(
        model=Enterprise,
        name="name",
        title="name",
        open=Q(merged_into=None),
        charge="owner",
        client="pk",
        level="level",
        runs=is_manager,
    )
)


def proposed_by_others(actor: Actor) -> Q:
    return ~Q(proposed_by_id=actor.pk) if is_manager(actor) else policy.NOTHING


declare(
    Deadline(
        model=Lowering,
        key="lowering",
        when=Q(state=LoweringState.PROPOSED),
        undated=True,
        waits_for=approver(proposed_by_others),
        ends_with=("confirm_lower_level", "decline_lower_level"),
        text=_("Decide whether to lower the classification: %(name)s"),
        named="enterprise__name",
        clause="4.1.5",
        about="enterprise",
    )
)
declare(
    Deadline(
        model=Enterprise,
        key="same-code",
        when=Q(same_code__gt=0),
        undated=True,
        waits_for=approver(twins_known_to),
        ends_with=("merge_enterprises",),
        text=_("Two records have one credit code; merge them: %(name)s"),
        named="name",
        clause="6.5",
        form=False,
    )
)
