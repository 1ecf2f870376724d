"""Reads of enterprises, and who sees which."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from keqiao.accounts.models import Role
from keqiao.accounts.permissions import open_to_staff
from keqiao.enterprises.models import (
    Contact,
    Enterprise,
    EnterpriseFile,
    EnterpriseRecord,
    FigureKind,
    Lowering,
    Tag,
    YearlyFigure,
)
from keqiao.enterprises.models.parts import EnterprisePart
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor, Reader
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.platform.search import Found, searchable
from keqiao.kernel.record.journal import case_name

SEES_ALL = {Role.MANAGER, Role.AUDITOR}


def enterprises_open_to(actor: Actor, verb: str) -> Q:
    """Staff find every client within their clearance; a client sees its own enterprise. Who opens accounts for
    clients chooses among their names, and sees no more of them."""
    if actor.kind == "client":
        return Q(pk=actor.enterprise_id, merged_into__isnull=True)
    if actor.kind == "staff" and actor.roles & {*SEES_ALL, Role.CONSULTANT}:
        return Q(level__lte=actor.clearance, merged_into__isnull=True)
    if verb == "choose" and Role.SYSTEM_ADMIN in actor.roles:
        return Q(level__lte=actor.clearance, merged_into__isnull=True)
    return policy.NOTHING


def parts_open_to(actor: Actor, _verb: str) -> Q:
    """Contacts, figures and files are secrets of business: need to know, not only clearance (4.1.5)."""
    if actor.kind == "client":
        return Q(enterprise_id=actor.enterprise_id)
    if actor.kind != "staff":
        return policy.NOTHING
    if actor.roles & SEES_ALL:
        return Q(level__lte=actor.clearance, enterprise__level__lte=actor.clearance)
    if Role.CONSULTANT in actor.roles:
        mine = Q(enterprise__owner_id=actor.pk)
        for need in _needs:
            mine |= need(actor)
        return mine & Q(level__lte=actor.clearance, enterprise__level__lte=actor.clearance)
    return policy.NOTHING


def inner_parts_open_to(actor: Actor, verb: str) -> Q:
    """What the institution keeps for itself: not for the client."""
    return policy.NOTHING if actor.kind == "client" else parts_open_to(actor, verb)


_needs: list[
    Callable[[Actor], Q]
] = []  # other ways to need to know, declared by modules above: fn(actor) -> Q over an enterprise's part


def extend_need_to_know(need: Callable[[Actor], Q]) -> None:
    _needs.append(need)


def found_enterprise(enterprise: Enterprise) -> Found | None:
    """A record that was merged into another is no longer found."""
    if enterprise.merged_into_id is not None:
        return None
    return Found(
        title=enterprise.name, names=(enterprise.name,), numbers=(enterprise.uscc,), text=enterprise.address
    )


def found_contact(contact: Contact) -> Found:
    return Found(title=contact.name, names=(contact.name,), numbers=(contact.phone,), text=contact.title)


def found_file(file: EnterpriseFile) -> Found:
    return Found(title=file.name, names=(file.name,), text=f"{file.note} {file.blob.name}")


policy.register(Enterprise, scope=enterprises_open_to)
for part in (Contact, YearlyFigure, EnterpriseFile):
    policy.register(part, scope=parts_open_to)
policy.register(Lowering, scope=inner_parts_open_to)
policy.register(Tag, scope=open_to_staff)
searchable(Enterprise, found_enterprise)
searchable(Contact, found_contact)
searchable(EnterpriseFile, found_file)


def merged_cases(enterprise: Enterprise, _actor: Actor) -> "QuerySet[Enterprise, str]":
    """The record of what was merged into this enterprise goes on in its own."""
    return Enterprise.objects.filter(merged_into=enterprise).values_list(case_name("enterprise"), flat=True)


def classified_rows(enterprise: Enterprise, actor: Actor) -> list[Any]:
    """The enterprise and what of it has a classification of its own, as far as the actor sees it and it could be lower."""
    kinds = [
        model
        for model in policy.registered()
        if issubclass(model, EnterprisePart | EnterpriseRecord) and model is not Lowering
    ]
    rows = [row for kind in kinds for row in policy.visible(kind, actor).filter(enterprise=enterprise)]
    return [row for row in [enterprise, *rows] if row.level > Level.PUBLIC]


def record_kinds() -> list[type[EnterpriseRecord]]:
    """Every kind of record that outlives an engagement, whatever module it belongs to."""
    return [model for model in apps.get_models() if issubclass(model, EnterpriseRecord)]


def record_cases(
    kind: type[EnterpriseRecord], enterprise: Enterprise, actor: Actor
) -> "QuerySet[EnterpriseRecord, str]":
    """The cases of those records of this kind that the actor sees."""
    rows = policy.visible(kind, actor).filter(enterprise=enterprise)
    return rows.values_list(case_name(str(kind._meta.model_name)), flat=True)


def records_of(enterprise_id: int, *, level: int, actor: Actor) -> list[EnterpriseRecord]:
    """Records of the enterprise up to this classification that the actor sees, and the client too, the newest of each kind
    first: the sheet that hands one over names it."""
    client = Reader(kind="client", clearance=level, enterprise_id=enterprise_id)
    return [
        row
        for kind in record_kinds()
        for row in policy.visible(kind, actor)
        .filter(level__lte=level, pk__in=policy.visible(kind, client).values("pk"))
        .filter(enterprise_id=enterprise_id)
        .order_by("-pk")
    ]


def figures_by_year(
    enterprise: Enterprise, actor: Actor
) -> tuple[list[int], list[tuple[str, list[YearlyFigure | None]]]]:
    """Years, latest first, and for each kind of figure the one of each year, or None."""
    rows = policy.visible(YearlyFigure, actor).filter(enterprise=enterprise).order_by("-year")
    figures = {(figure.kind, figure.year): figure for figure in rows}
    years = sorted({year for _kind, year in figures}, reverse=True)
    kinds = [kind for kind in FigureKind if any((kind, year) in figures for year in years)]
    return years, [(str(kind.label), [figures.get((kind, year)) for year in years]) for kind in kinds]
