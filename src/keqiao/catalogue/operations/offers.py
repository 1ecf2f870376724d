"""4.1.1: the institution offers all services of clause 5 or some, each from a day and in a scope of its own."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.catalogue.models import Offer, ServiceItem
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


def can_be_offered(item: ServiceItem) -> list[Missing]:
    missing = []
    if item.retired_on is not None:
        missing.append(Missing(_("This item is retired."), "4.1.1", _("Use it again first.")))
    if item.open_offer is not None:
        missing.append(Missing(_("It is offered already."), "4.1.1", _("End that offer first.")))
    return missing


def is_on_offer(item: ServiceItem) -> list[Missing]:
    if item.open_offer is None:
        return [Missing(_("It isn't offered."), "4.1.1", _("Offer it first."))]
    return []


@operation(
    clause="4.1.1", on=ServiceItem, permission=is_manager, label=_("Offer this service"), guard=can_be_offered
)
def begin_offer(
    *,
    serviceitem: ServiceItem,
    actor: Actor,
    since: Annotated[date, Prompt(label=_("Offered since"), default_factory=clock.today)],
    scope: Annotated[
        str,
        Prompt(
            label=_("Scope"),
            text_lines=3,
            max_length=400,
            help=_("For whom, where, how far; empty: all of it."),
        ),
    ] = "",
) -> Offer:
    """From this day on it can be commissioned. Raises Invalid where an earlier offer lasts until then."""
    del actor
    if serviceitem.offers.filter(until__gte=since).exists():
        raise Invalid(_("An earlier offer lasts until then."), field="since")
    return Offer.objects.create(item=serviceitem, since=since, scope=scope)


@operation(
    clause="4.1.1",
    on=ServiceItem,
    permission=is_manager,
    label=_("End the offer"),
    guard=is_on_offer,
    danger=_("After that day nobody can commission it. Engagements that run go on."),
)
def end_offer(
    *,
    serviceitem: ServiceItem,
    actor: Actor,
    until: Annotated[date, Prompt(label=_("Offered until"), default_factory=clock.today)],
) -> Offer:
    """`until` is the last day of the offer. Raises Invalid where it lies before the first."""
    del actor
    offer = serviceitem.open_offer
    assert offer is not None  # the guard has seen it, under the lock of the item
    if until < offer.since:
        raise Invalid(_("This lies before the day from which it is offered."), field="until")
    offer.until = until
    offer.save()
    return offer
