"""A credit code that is there already, of an enterprise too secret for whoever enters it, gives the same answer as a new one.

So the code is unique among what a person sees, and `same_code` numbers the records of one code, 0 for the first. Managers who
see both are asked to make them one (decision 0108).
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid

TAKEN = _("An enterprise with this credit code is recorded already.")


def told(rows: "QuerySet[Any]", actor: Actor) -> "QuerySet[Any]":
    """Those records that this person may know of; also what was merged into one of them."""
    above = Enterprise.objects.filter(level__gt=actor.clearance).values("pk")
    return rows.filter(level__lte=actor.clearance).exclude(merged_into__in=above)


def plain_code(enterprise: Any, actor: Actor) -> None:
    """Put the code of a new record, or a changed one, into its form. Raises Invalid for one whose record the actor sees."""
    enterprise.uscc = enterprise.uscc.strip().upper()
    others = Enterprise.objects.filter(uscc=enterprise.uscc)
    if others.filter(pk=enterprise.pk).exists():
        return
    if told(others, actor).exists():
        raise Invalid(
            TAKEN, field="uscc", remedy=_("Look for it by its code; it may have been merged into another.")
        )
    number([enterprise])


def number(enterprises: Collection[Any]) -> None:
    """Give new records of codes that are there their number."""
    there = Enterprise.objects.filter(uscc__in=[enterprise.uscc for enterprise in enterprises])
    last = dict(there.order_by().values_list("uscc").annotate(Max("same_code")))
    for enterprise in enterprises:
        enterprise.same_code = last[enterprise.uscc] + 1 if enterprise.uscc in last else 0


def twins_known_to(actor: Actor) -> Q:
    """Records beside which this manager sees another that still stands with the same code."""
    if not is_manager(actor):
        return policy.NOTHING
    first = Enterprise.objects.filter(
        uscc=OuterRef("uscc"),
        same_code__lt=OuterRef("same_code"),
        level__lte=actor.clearance,
        merged_into=None,
    )
    return Q(same_code__gt=0) & Q(Exists(first))
