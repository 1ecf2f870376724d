"""6.2 i and 6.3.1: an engagement is suspended, resumed, ended early, cancelled, or handed to someone else."""

from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, Role, User
from keqiao.documents.amounts import in_capitals
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import begin_step
from keqiao.engagement.case.permissions import is_in_charge, is_its_client
from keqiao.engagement.case.states import BEFORE_CONTRACT, OPEN, RUNNING, Stage
from keqiao.engagement.contracting.models import Contract
from keqiao.engagement.contracting.operations.contract_custody import custody_is_returned
from keqiao.engagement.contracting.operations.contract_money import exact
from keqiao.engagement.contracting.states import ContractState
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing, Text
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.kernel.steps.transitions import transition

READ = _("The client reads it.")


def tell(engagement: Engagement, subject: Text, text: Text) -> None:
    """Each turn of the engagement is one mail, however often it turns the same way."""
    tell_client(engagement, subject=subject, text=text, key=f"course-{engagement.pk}-{engagement.version}")


@operation(
    clause="6.2.i",
    on=Engagement,
    when=RUNNING,
    then=Stage.SUSPENDED,
    permission=is_in_charge,
    label=_("Suspend"),
    danger=_("No step can be taken until it is resumed; the time limit of the step then begins anew."),
)
def suspend_engagement(
    *,
    engagement: Engagement,
    actor: Actor,
    state_before: str,
    reason: Annotated[
        str, Prompt(label=_("Reason"), text_lines=3, max_length=400, help=READ, visible_to_client=True)
    ],
) -> Engagement:
    """Remember the state, so that resuming goes on from there."""
    del actor, reason
    begin_step(engagement, suspended_from=state_before)
    tell(
        engagement,
        _("Engagement suspended"),
        _(
            "Your engagement was suspended: no step can be taken until it is resumed, and nothing is asked of you. Sign in; the reason stands first on the page of the engagement."
        ),
    )
    return engagement


def knows_where_it_stood(engagement: Engagement) -> list[Missing]:
    if engagement.suspended_from:
        return []
    return [
        Missing(
            _("The state before the suspension is not known."),
            "6.2.i",
            _("End the engagement early instead."),
        )
    ]


@operation(
    clause="6.2.i",
    on=Engagement,
    when=Stage.SUSPENDED,
    then=RUNNING,
    permission=is_in_charge,
    label=_("Resume"),
    guard=knows_where_it_stood,
    primary=True,
)
def resume_engagement(
    *,
    engagement: Engagement,
    actor: Actor,
    reason: Annotated[
        str,
        Prompt(
            label=pgettext_lazy("engagement", "What changed"),
            text_lines=3,
            max_length=400,
            help=READ,
            visible_to_client=True,
        ),
    ],
) -> Engagement:
    """Go on in the state it was suspended from; the time limit of that step begins anew."""
    del actor, reason
    transition(engagement, engagement.suspended_from)
    begin_step(engagement, suspended_from="")
    tell(
        engagement,
        _("Engagement resumed"),
        _(
            "Your engagement goes on. Sign in; what changed stands first on the page of the engagement, and below it what is asked of you now."
        ),
    )
    return engagement


@operation(
    clause="6.2.i",
    on=Engagement,
    when=(*RUNNING, Stage.SUSPENDED),
    then=Stage.ENDED_EARLY,
    side_transitions={Contract: ContractState.ENDED},
    permission=is_in_charge,
    label=_("End early"),
    guard=custody_is_returned,
    danger=_("The contract ends; what is left is the archive."),
)
def end_engagement_early(
    *,
    engagement: Engagement,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3, help=READ, visible_to_client=True)],
    work_done: Annotated[
        str, Prompt(label=_("Work done until now"), text_lines=4, help=READ, visible_to_client=True)
    ],
    fee_settled: Annotated[
        Decimal,
        Prompt(
            label=_("Fee settled for it, in all"), help=_("0 where nothing is owed."), visible_to_client=True
        ),
    ],
    data_returned: Annotated[
        str,
        Prompt(
            label=_("How the client's data was returned or destroyed"), text_lines=2, visible_to_client=True
        ),
    ],
) -> Engagement:
    """Settle: what was done, what is paid for it, where the client's data went (6.2 d, e, i)."""
    del actor
    contract = engagement.contracts.filter(state=ContractState.SIGNED).first()
    if contract is None:
        raise Invalid(_("There is no signed contract to end."), remedy=_("Cancel the engagement instead."))
    if fee_settled and exact(fee_settled, field="fee_settled") > contract.total:
        raise Invalid(_("The settled fee is above the contract's total."), field="fee_settled")
    transition(contract, ContractState.ENDED)
    settled = settlement(
        reason=reason, work_done=work_done, fee_settled=fee_settled, data_returned=data_returned
    )
    begin_step(engagement, closed_reason=settled, suspended_from="")
    tell(
        engagement,
        _("Engagement ended early"),
        _(
            "Your engagement ended early. Sign in and read the settlement on the page of the engagement: work done, fee, what became of your data."
        ),
    )
    return engagement


def settlement(*, reason: str, work_done: str, fee_settled: Decimal, data_returned: str) -> str:
    """The four points on lines of their own, in the site's language whoever settles."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = {
            gettext("Reason"): reason,
            gettext("Work done"): work_done,
            gettext("Fee settled"): f"{fee_settled:,.2f} ({in_capitals(fee_settled)})",
            gettext("Data of the client"): data_returned,
        }
    return "\n".join(f"{label}: {text}" for label, text in lines.items())


@operation(
    clause="6.2.i",
    on=Engagement,
    when=BEFORE_CONTRACT,
    then=Stage.CANCELLED,
    permission=is_in_charge | is_its_client,
    label=_("Cancel the engagement"),
    guard=custody_is_returned,
    danger=_("The engagement ends here without a contract and can't be taken up again."),
)
def cancel_engagement(
    *,
    engagement: Engagement,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3, help=READ, visible_to_client=True)],
) -> Engagement:
    del actor
    begin_step(engagement, closed_reason=reason)
    tell(
        engagement,
        _("Engagement cancelled"),
        _(
            "Your engagement was cancelled and can't be taken up again. Sign in; the reason stands on the page of the engagement."
        ),
    )
    return engagement


def possible_consultants(rows: Any, engagement: Engagement) -> Any:
    """Consultants in service whose clearance reaches the engagement, without the present one."""
    able = rows.filter(kind=Kind.STAFF, is_active=True, clearance__gte=engagement.level)
    able = able.filter(pk__in=User.objects.filter(grants__role=Role.CONSULTANT).values("pk"))
    return able.exclude(pk=engagement.consultant_id).order_by("name")


@operation(
    clause="6.3.1",
    on=Engagement,
    when=OPEN,
    permission=is_in_charge,
    label=_("Transfer to another consultant"),
)
def transfer_engagement(
    *,
    engagement: Engagement,
    actor: Actor,
    to: Annotated[
        User, Prompt(label=_("New consultant"), narrow=possible_consultants, visible_to_client=True)
    ],
    reason: Annotated[
        str, Prompt(label=_("Reason"), text_lines=3, max_length=400, help=READ, visible_to_client=True)
    ],
) -> Engagement:
    """Hand it over; from now on the new consultant is in charge."""
    del actor, reason
    if not possible_consultants(User.objects.all(), engagement).filter(pk=to.pk).exists():
        raise Invalid(
            _("This person can't take it over."),
            field="to",
            remedy=_("Choose another active consultant whose clearance reaches the classification."),
        )
    engagement.consultant = to
    engagement.save(update_fields=["consultant", "updated_at"])
    tell(
        engagement,
        _("Consultant changed"),
        _(
            "Your engagement has a new consultant. Sign in; who it is and why stands first on the page of the engagement."
        ),
    )
    return engagement
