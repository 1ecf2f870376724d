"""What an enterprise was served with, one line a service, engagement or not (6.5). From it comes its service file.

    served(Engagement, enterprise="enterprise", line=service_line, when=Q(...))

`line(row, actor)` gives time, content, process, effect and evaluation of one service; it asks the policy for whatever
else than the row it reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import pgettext_lazy

from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_by
from keqiao.kernel.steps.declared_fields import must_be_read, must_select

FIVE: dict[str, Text] = {
    "time": pgettext_lazy("service", "Time"),
    "content": pgettext_lazy("service", "Content"),
    "process": pgettext_lazy("service", "Process"),
    "effect": pgettext_lazy("service", "Effect"),
    "evaluation": pgettext_lazy("service", "Evaluation"),
}


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """One service received. `item` is the code of the service item of clause 5, empty where it belongs to none;
    `ended_on` is None while it runs."""

    title: str
    item: str
    began_on: date
    ended_on: date | None
    time: str
    content: str
    process: str
    effect: str
    evaluation: str

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which of the five a service that has ended lacks: each is a finding."""
        if self.ended_on is None:
            return ()
        return tuple(name for name in FIVE if not getattr(self, name).strip())


@dataclass(frozen=True)
class Served:
    """A line and the row it was made from."""

    row: Model
    line: ServiceLine


@dataclass(frozen=True)
class _Declared:
    model: type[Model]
    enterprise: str
    line: Callable[[Any, Actor], ServiceLine]
    when: Q
    related: tuple[str, ...]
    by: str  # the Python module that declares it


_declared: dict[type[Model], _Declared] = {}


def served(
    model: type[Model],
    *,
    enterprise: str,
    line: Callable[[Any, Actor], ServiceLine],
    when: Q | None = None,
    related: tuple[str, ...] = (),
) -> None:
    """Count rows of `model` as services of the enterprise at this path; `related` are read with them."""
    where = must_be_read(model, enterprise, *related)
    must_select(model, when or Q())
    if model in _declared:
        raise DeclarationError(
            where=where,
            expected="one kind of line a model",
            came=model._meta.label,
            remedy="Put both into one line=.",
        )
    _declared[model] = _Declared(model, enterprise, line, when or Q(), related, declared_by())


def services_of(enterprise: Model, *, actor: Actor) -> list[Served]:
    """What the enterprise was served with, as far as `actor` sees the rows; the latest begun first."""
    services = [
        Served(row, declared.line(row, actor))
        for declared in _declared.values()
        for row in _rows(declared, enterprise, actor).select_related(*declared.related).order_by("-pk")
    ]
    return sorted(services, key=lambda service: service.line.began_on, reverse=True)


def is_partial(enterprise: Model, services: list[Served]) -> bool:
    """Whether the enterprise received more than these lines say, since some of it isn't open to their reader."""
    seen = {(type(service.row), service.row.pk) for service in services}
    return any(
        (declared.model, pk) not in seen
        for declared in _declared.values()
        for pk in _rows(declared, enterprise, SYSTEM).values_list("pk", flat=True)
    )


def _rows(declared: _Declared, enterprise: Model, actor: Actor) -> "QuerySet[Any]":
    return policy.visible(declared.model, actor).filter(declared.when, **{declared.enterprise: enterprise})


modules.describe("services", lambda: (declared.by for declared in _declared.values()))
