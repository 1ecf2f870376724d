"""Which engagements are a person's business."""

from typing import Any

from django.db.models import QuerySet

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.states import OPEN
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor


def in_hand(actor: Actor) -> "QuerySet[Any]":
    """Keys of open engagements in this person's charge or worked on by them, each through its own index."""
    rows = Engagement.objects.filter(state__in=OPEN)
    group = rows.filter(members__user_id=actor.pk or 0, members__left_on=None)
    return rows.filter(consultant_id=actor.pk).values("pk").union(group.values("pk"))


def at_work_on(actor: Actor) -> "QuerySet[Engagement]":
    """Open engagements that are this person's business: their enterprise's, in their charge, or worked on."""
    rows = policy.visible(Engagement, actor)
    return rows.filter(state__in=OPEN) if actor.kind == "client" else rows.filter(pk__in=in_hand(actor))
