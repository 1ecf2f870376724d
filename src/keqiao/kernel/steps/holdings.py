"""What a person holds, such as cases, deadlines, samples, keys, approvals: so that it can be handed over.

held_by(Enterprise, person="owner_id", label=_("Enterprises in charge of"), when=Q(merged_into=None))
"""

from dataclasses import dataclass

from django.db.models import Model, Q

from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_by
from keqiao.kernel.steps.declared_fields import must_be_day, must_be_read, must_select


@dataclass(frozen=True)
class Kind:
    """`person` is the path to the account's number, `day` the one to the day it is due, `about` the one to what the row is
    part of, without which its name says little; empty where there is none."""

    model: type[Model]
    person: str
    label: Text
    when: Q
    day: str
    about: str
    by: str  # the Python module that declares it


@dataclass(frozen=True)
class Holding:
    kind: Kind
    rows: list[Model]

    @property
    def label(self) -> str:
        return str(self.kind.label)


_kinds: list[Kind] = []


def held_by(
    model: type[Model],
    *,
    person: str,
    label: Text,
    when: Q | None = None,
    day: str = "",
    about: str = "",
) -> None:
    """Rows of `model` where `when` holds are held by the account at the path `person`."""
    where = must_be_read(model, person, *filter(None, (about,)))
    must_select(model, when or Q())
    if day:
        must_be_day(model, day)
    if any((kind.model, kind.person) == (model, person) for kind in _kinds):
        raise DeclarationError(
            where=where,
            expected="one declaration for each way to hold a row",
            came=f"{model._meta.label}.{person}",
            remedy="Put both into one when=.",
        )
    _kinds.append(Kind(model, person, label, when or Q(), day, about, declared_by()))


def held_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds)


def holdings_of(person: int, *, actor: Actor) -> list[Holding]:
    """What the account with this number holds, as far as `actor` sees it; kinds without rows are left out."""
    holdings = [
        Holding(
            kind,
            list(
                policy.visible(kind.model, actor)
                .filter(kind.when, **{kind.person: person})
                .select_related(*filter(None, [kind.about]))
                .order_by(*([kind.day] if kind.day else []), "pk")
            ),
        )
        for kind in _kinds
    ]
    return [holding for holding in holdings if holding.rows]


modules.describe("holdings", lambda: (kind.by for kind in _kinds))
