"""Reads over all modules, through the policy."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, QuerySet

from keqiao.accounts.models import Kind, User
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.record.sealing import newest_seal
from keqiao.kernel.steps.holdings import held_kinds
from keqiao.kernel.steps.operation import case_of
from keqiao.kernel.steps.served import FIVE, Served, is_partial, services_of
from keqiao.kernel.steps.withheld import withheld


@dataclass(frozen=True)
class Finding:
    """A service that has ended and lacks one of the five of 6.5."""

    service: Served
    lacks: str


@dataclass(frozen=True)
class ServiceFile:
    """As `reader` sees it."""

    enterprise: Enterprise
    services: list[Served]
    reader: Actor

    @property
    def findings(self) -> list[Finding]:
        return [
            Finding(service, str(FIVE[name])) for service in self.services for name in service.line.lacking
        ]

    @cached_property
    def is_partial(self) -> bool:
        """Whether some of the services aren't open to the reader: then it neither says that nothing lacks nor goes out."""
        return is_partial(self.enterprise, self.services)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Cases of the services that hold something not open to the reader."""
        hidden = withheld(Entry.objects.filter(case__in=self._cases), reader=self.reader)
        return frozenset(Entry.objects.filter(pk__in=hidden).values_list("case", flat=True))

    @property
    def record(self) -> "QuerySet[Entry]":
        """The sealed record of the services. That of a case is carried whole or not at all: its numbers are checked
        without a gap."""
        return sealed([case for case in self._cases if case not in self.closed])

    @property
    def _cases(self) -> list[str]:
        return [case_of(service.row) for service in self.services]


def service_file(enterprise: Enterprise, *, actor: Actor) -> ServiceFile:
    return ServiceFile(enterprise, services_of(enterprise, actor=actor), actor)


def sealed(cases: list[str]) -> "QuerySet[Entry]":
    """What of these cases lies under the newest seal. It is all but the last minute, since the sealer runs each."""
    newest = newest_seal()
    if newest is None:
        return Entry.objects.none()
    return Entry.objects.filter(case__in=cases, n__isnull=False, n__lt=newest.n)


def holders(*, actor: Actor) -> list[tuple[User, int]]:
    """Who of the institution, or of its experts, holds anything, with how many things, by name: a client's people belong to
    a working group and hand nothing over here."""
    counts: Counter[int] = Counter()
    for kind in held_kinds():
        rows = policy.visible(kind.model, actor).filter(kind.when, **{f"{kind.person}__isnull": False})
        grouped = rows.order_by().values(held_person=F(kind.person)).annotate(held=Count("pk"))
        counts.update({group["held_person"]: group["held"] for group in grouped})
    people = (
        policy.visible(User, actor).filter(pk__in=counts).exclude(kind=Kind.CLIENT).order_by("name", "pk")
    )
    return [(person, counts[person.pk]) for person in people]
