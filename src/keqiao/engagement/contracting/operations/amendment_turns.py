"""6.2 i: an amendment that is not to be signed as it stands goes back to its writer, is rewritten, or is withdrawn."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.permissions import approves, is_in_charge
from keqiao.engagement.contracting.models import Amendment, Letter
from keqiao.engagement.contracting.operations.contract_amendment import (
    ChangeRow,
    check_changes,
    contract_is_in_force,
    write_changes,
)
from keqiao.engagement.contracting.operations.contract_fees import FeeRow, as_data, unpaid_now
from keqiao.engagement.contracting.states import AmendmentState
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@operation(
    clause="6.2.i",
    on=Amendment,
    when=AmendmentState.DRAFT,
    then=AmendmentState.RETURNED,
    permission=approves,
    label=_("Return amendment"),
)
def return_amendment(
    *,
    amendment: Amendment,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("What has to be changed"), text_lines=3, max_length=400)],
) -> Amendment:
    """Whoever could approve it says why not; it is rewritten or withdrawn."""
    del actor
    amendment.returned_reason = reason
    amendment.save()
    return amendment


def changes_now(amendment: Amendment) -> list[ChangeRow]:
    rows = amendment.changes.order_by("letter")
    return [ChangeRow(letter=Letter(change.letter), after=change.after) for change in rows]


def fees_now(amendment: Amendment) -> list[FeeRow]:
    return [FeeRow(*line) for line in amendment.fees_after]


@operation(
    clause="6.2.i",
    on=Amendment,
    when=(AmendmentState.DRAFT, AmendmentState.RETURNED),
    then=AmendmentState.DRAFT,
    permission=is_in_charge,
    label=_("Rewrite amendment"),
    guard=contract_is_in_force,
)
def revise_amendment(
    *,
    amendment: Amendment,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3, initial=lambda a: a.reason)],
    changes: Annotated[list[ChangeRow], Prompt(label=_("What changes"), initial=changes_now)] = [],  # noqa: B006 - never changed; a form needs a list
    new_end: Annotated[
        date | None, Prompt(label=_("New end of the contract"), initial=lambda a: a.new_end)
    ] = None,
    fees: Annotated[
        list[FeeRow],
        Prompt(
            label=_("New schedule of what is unpaid"),
            help=_(
                "It replaces every instalment on which nothing is paid now. Left empty, fees stay as they are."
            ),
            initial=fees_now,
        ),
    ] = [],  # noqa: B006 - as above
) -> Amendment:
    """Write it anew under its number, before anybody approved it; whoever did can't be the one who approves."""
    del actor
    check_changes(amendment.contract, changes, new_end, fees)
    amendment.reason, amendment.new_end, amendment.new_fees = reason, new_end, as_data(fees)
    amendment.replaced_fees = unpaid_now(amendment.contract, fees)
    amendment.returned_reason = ""
    amendment.save()
    write_changes(amendment, changes)
    return amendment


@operation(
    clause="6.2.i",
    on=Amendment,
    when=(AmendmentState.DRAFT, AmendmentState.RETURNED, AmendmentState.APPROVED),
    then=AmendmentState.WITHDRAWN,
    permission=is_in_charge,
    label=_("Withdraw amendment"),
    danger=_(
        "It can't be signed any more and the contract stays as it is; another one can be drafted. "
        "If it was approved, the client is told and reads the reason."
    ),
)
def withdraw_amendment(
    *,
    amendment: Amendment,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Reason"), text_lines=3, max_length=400)],
) -> Amendment:
    """It stays readable with its reason. The client knows of it once it was approved, and only then is told."""
    del actor
    amendment.returned_reason = reason
    amendment.save()
    if amendment.approved_by_id:
        tell_client(
            amendment.engagement,
            subject=_("Amendment withdrawn"),
            text=_("The amendment you were asked to sign was withdrawn. Sign in to read why."),
            key=f"amendment-withdrawn-{amendment.pk}",
        )
    return amendment
