"""Who sees which of the institution's own registers, and who is competent for what."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import open_to_staff
from keqiao.kernel.models import Holiday, HolidayYear, NumberFormat
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.platform.search import Found, searchable
from keqiao.organisation.models import (
    Competence,
    Expert,
    Institution,
    Post,
    Restoration,
    StaffCompetence,
    StaffProfile,
    Undertaking,
)


def current_to_staff(actor: Actor, verb: str) -> Q:
    """What is retired stays readable and can't be chosen."""
    current = Q(retired_on__isnull=True) if verb == "choose" else policy.EVERYTHING
    return open_to_staff(actor, verb) & current


def own_or_staff(actor: Actor, verb: str) -> Q:
    return open_to_staff(actor, verb) | Q(user_id=actor.pk or 0)


def institution() -> Institution:
    """The one row. A site without it can't issue a paper, and says so."""
    row = Institution.objects.order_by("pk").first()
    if row is None:
        raise Refusal(
            _("The institution has no name yet."), remedy=_("A manager enters it under Organisation.")
        )
    return row


def competences_not_held(wanted: Iterable[Competence], people: Iterable[int], day: date) -> list[Competence]:
    """Those of `wanted` that nobody of `people` holds validly on `day`."""
    held = set(
        StaffCompetence.objects.filter(StaffCompetence.term.on(day), user_id__in=list(people)).values_list(
            "competence_id", flat=True
        )
    )
    return [competence for competence in wanted if competence.pk not in held]


def found_expert(expert: Expert) -> Found:
    return Found(title=expert.name, names=(expert.name,), text=f"{expert.fields} {expert.employer}")


OPEN_TO_STAFF: tuple[type[Model], ...] = (Post, Competence, Expert)
OWN_OR_STAFF: tuple[type[Model], ...] = (StaffProfile, StaffCompetence, Undertaking)
for model in OPEN_TO_STAFF:
    policy.register(model, scope=current_to_staff)
for model in (Institution, Holiday, HolidayYear, NumberFormat, Restoration):
    policy.register(model, scope=open_to_staff)
searchable(Expert, found_expert)
for model in OWN_OR_STAFF:
    policy.register(model, scope=own_or_staff)
