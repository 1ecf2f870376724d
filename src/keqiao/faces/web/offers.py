"""Operations as offered on a page: allowed now, or not and why."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from keqiao.faces.paths import path_to
from keqiao.faces.resource import Resource
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.steps.operation import Operation, wrong_state


@dataclass(frozen=True)
class Offer:
    op: Operation
    url: str
    allowed: bool
    why_not: str = ""
    missing: tuple[Missing, ...] = ()

    @property
    def name(self) -> str:
        return self.op.name

    @property
    def clause(self) -> str:
        return self.op.clause

    @property
    def primary(self) -> bool:
        return self.op.primary

    @property
    def danger(self) -> bool:
        return bool(self.op.danger)

    @property
    def reason(self) -> str:
        """Why not now; empty when it can be done."""
        return "" if self.allowed else self.why_not

    @property
    def label(self) -> str:
        return str(self.op.label)


def offers(resource: Resource, actor: Actor, subject: Any) -> list[Offer]:
    """What `actor` could do here. Steps that belong to other roles are left out; others say why not now."""
    wanted = [op for op in resource.operations if op.exposed and op.creates == (subject is None)]
    return [_offer(resource, op, subject) for op in wanted if op.permission(actor, subject)]


def _offer(resource: Resource, op: Operation, subject: Any) -> Offer:
    url = operation_url(resource, op, subject)
    if subject is None:
        return Offer(op, url, allowed=True)
    if not op.fits_state(subject):
        return Offer(op, url, allowed=False, why_not=str(wrong_state(op, subject)))
    missing = op.missing(subject)
    return Offer(op, url, not missing, "；".join(str(item.text).rstrip("。.") for item in missing), missing)


def operation_url(resource: Resource, op: Operation, subject: Any) -> str:
    if op.creates:
        return reverse(f"{resource.slug}-create", args=[op.name])
    return path_to(f"{resource.slug}-do", subject.pk, op.name)
