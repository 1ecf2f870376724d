"""Who sees which of the institution's own registers, and who is competent for what."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from keqiao.kernel import policy
from keqiao.kernel.actors import Actor
from keqiao.organisation.models import Competence, Expert, Post, StaffCompetence, StaffProfile, Undertaking


def open_to_staff(actor: Actor, verb: str) -> Q:
    return policy.EVERYTHING if actor.kind == "staff" else policy.NOTHING


def current_to_staff(actor: Actor, verb: str) -> Q:
    """What is retired stays readable and can't be chosen."""
    current = Q(retired_on__isnull=True) if verb == "choose" else policy.EVERYTHING
    return open_to_staff(actor, verb) & current


def own_or_staff(actor: Actor, verb: str) -> Q:
    return open_to_staff(actor, verb) | Q(user_id=actor.pk or 0)


def competences_not_held(wanted: Iterable[Competence], people: Iterable[int], day: date) -> list[Competence]:
    """Those of `wanted` that nobody of `people` holds validly on `day`."""
    held = set(
        StaffCompetence.objects.filter(user_id__in=list(people), valid_from__lte=day)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .values_list("competence_id", flat=True)
    )
    return [one for one in wanted if one.pk not in held]


for model in (Post, Competence, Expert):
    policy.register(model, scope=current_to_staff)
for model in (StaffProfile, StaffCompetence, Undertaking):
    policy.register(model, scope=own_or_staff)
