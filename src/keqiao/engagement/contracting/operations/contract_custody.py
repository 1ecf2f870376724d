"""6.2 e: the client's samples and data in our keeping, from receipt to return."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.permissions import is_at_work
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.contracting.models import Custody
from keqiao.engagement.contracting.operations.contract_money import past_or_today
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


@operation(
    clause="6.2.e", on=Engagement, when=OPEN, permission=is_at_work, label=_("Receive samples or data")
)
def receive_custody(
    *,
    engagement: Engagement,
    actor: Actor,
    what: Annotated[str, Prompt(label=_("What"), max_length=200)],
    quantity: Annotated[str, Prompt(label=_("Quantity"), max_length=60)],
    kept_at: Annotated[str, Prompt(label=_("Kept at"), max_length=120)],
    received_from: Annotated[str, Prompt(label=_("Received from"), max_length=80)],
    received_on: Annotated[date, Prompt(label=_("Received on"), default_factory=clock.today)],
    condition: Annotated[str, Prompt(label=_("Condition on receipt"), max_length=200)] = "",
) -> Custody:
    del actor
    return Custody.objects.create(
        engagement=engagement,
        what=what,
        quantity=quantity,
        condition=condition,
        kept_at=kept_at,
        received_on=past_or_today(received_on, field="received_on"),
        received_from=received_from,
    )


def still_kept(custody: Custody) -> list[Missing]:
    return [Missing(_("This went back already."), "6.2.e")] if custody.returned_on else []


@operation(
    clause="6.2.e",
    on=Custody,
    permission=is_at_work,
    label=_("Return to the client"),
    guard=still_kept,
    primary=True,
)
def return_custody(
    *,
    custody: Custody,
    actor: Actor,
    returned_to: Annotated[str, Prompt(label=_("Returned to"), max_length=80)],
    returned_on: Annotated[date, Prompt(label=_("Returned on"), default_factory=clock.today)],
) -> Custody:
    del actor
    if past_or_today(returned_on, field="returned_on") < custody.received_on:
        raise Invalid(_("It was received later than this day."), field="returned_on")
    custody.returned_on, custody.returned_to = returned_on, returned_to
    custody.save()
    return custody


def custody_is_returned(engagement: Engagement) -> list[Missing]:
    """What stands between an engagement and its end: things of the client still with us."""
    kept = engagement.custodies.filter(returned_on__isnull=True).order_by("pk")
    return [
        Missing(
            _("“%(what)s” is still in our keeping.") % {"what": custody.what}, "6.2.e", _("Return it first.")
        )
        for custody in kept
    ]
