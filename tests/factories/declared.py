"""Deadlines declared for one test and gone after it: of models that belong to no engagement."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db.models import Q

from keqiao.accounts.models import User
from keqiao.enterprises.models import Contact
from keqiao.kernel.steps.deadlines import registry
from keqiao.kernel.steps.deadlines.declaration import About, Deadline, abouts
from keqiao.kernel.steps.deadlines.people import CLIENT, person
from keqiao.organisation.models import Competence, StaffCompetence

COMPETENCES = About(model=StaffCompetence, charge="user")


@contextmanager
def declared(*deadlines: Deadline, belonging: tuple[About, ...] = ()) -> Iterator[None]:
    """Inside the block these are due too."""
    kept = [(known, dict(known)) for known in (registry._deadlines, abouts)]
    try:
        for one in belonging:
            registry.belongs(one)
        registry.declare(*deadlines)
        yield
    finally:
        for known, before in kept:
            known.clear()
            known.update(before)


def of_competence(**said: object) -> Deadline:
    """A competence with an end waits for whoever holds it: nothing of it is an engagement or a client's."""
    usual = {
        "model": StaffCompetence, "key": "competence_ends", "when": Q(valid_until__isnull=False),
        "day": "valid_until", "waits_for": person("user"), "ends_with": ("update_staff_competence",),
        "text": "Renew %(name)s", "named": "competence__name", "clause": "4.1.2",
    }  # fmt: skip
    return Deadline(**usual | said)


def of_contact(**said: object) -> Deadline:
    """A contact without a telephone waits for the client's own people."""
    usual = {
        "model": Contact, "key": "telephone", "when": Q(phone=""), "undated": True, "waits_for": CLIENT,
        "ends_with": ("update_contact",), "text": "Tell the telephone of %(name)s", "named": "name",
        "clause": "6.5", "about": "enterprise", "form": False,
    }  # fmt: skip
    return Deadline(**usual | said)


def competence_until(person: User, day: date) -> StaffCompetence:
    kind, _new = Competence.objects.get_or_create(name="示例技术经纪人")
    return StaffCompetence.objects.create(
        user=person, competence=kind, valid_from=date(2020, 1, 1), valid_until=day
    )
