"""Who sees the catalogue, and what the institution offers on a day."""

from datetime import date

from django.db.models import Model, Q

from keqiao.catalogue.models import (
    DeliverableKind,
    MaterialKind,
    MilestoneTemplate,
    Offer,
    ServiceFamily,
    ServiceItem,
)
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor


def catalogue_open_to(actor: Actor, _verb: str) -> Q:
    """The catalogue is for everyone who signs in."""
    return policy.NOTHING if actor.pk is None else policy.EVERYTHING


def families_open_to(_actor: Actor, _verb: str) -> Q:
    return policy.EVERYTHING


def items_open_to(actor: Actor, verb: str) -> Q:
    """What is offered is for everybody to see; what is retired can't be chosen, and stays in the records of those who
    sign in."""
    if actor.pk is None:
        return offered_on(clock.today())
    return Q(retired_on__isnull=True) if verb == "choose" else policy.EVERYTHING


def offered_on(day: date) -> Q:
    """The items that the institution offers on this day; what is retired by then is offered no more."""
    there = Q(retired_on__isnull=True) | Q(retired_on__gt=day)
    return there & Q(pk__in=Offer.objects.filter(Offer.term.on(day)).values("item_id"))


def codes_offered_on(day: date) -> frozenset[str]:
    """Their codes, such as 5.3.c."""
    return frozenset(ServiceItem.objects.filter(offered_on(day)).values_list("code", flat=True))


def is_offered(item: ServiceItem, day: date) -> bool:
    return ServiceItem.objects.filter(offered_on(day), pk=item.pk).exists()


ALL: tuple[type[Model], ...] = (MaterialKind, MilestoneTemplate, DeliverableKind, Offer)
for model in ALL:
    policy.register(model, scope=catalogue_open_to)
policy.register(ServiceFamily, scope=families_open_to)
policy.register(ServiceItem, scope=items_open_to)
