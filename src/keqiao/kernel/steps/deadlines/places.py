"""What the rows found belong to, as far as the reader may know it: of all kinds in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, Model, Value
from django.db.models.functions import Cast

from keqiao.kernel.platform import kept_sql, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.deadlines.declaration import About, abouts

Which = tuple[type[Model], int]
LONGEST = 200
COLUMNS = (
    "place_kind", "place_pk", "place_number", "place_name", "place_title", "place_note", "place_level",
    "place_charge", "place_charged",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What something due belongs to. `charge` and `charged` are the key and the name of who answers for it."""

    number: str = ""
    name: str = ""
    title: str = ""
    note: str = ""
    level: int = 0
    charge: int | None = None
    charged: str = ""


# Not open to the reader, who is asked all the same, to sign before seeing it: how secret it is they don't know.
UNKNOWN = Place(level=Level.CORE_TRADE_SECRET)


def of(which: Iterable[Which], actor: Actor) -> dict[Which, Place]:
    """Those of these that the person sees."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for model, pk in which:
        wanted[model].add(pk)
    if not wanted:
        return {}
    kinds = [about for about in abouts.values() if about.model in wanted]
    arguments = {about.model._meta.label: kept_sql.padded(sorted(wanted[about.model])) for about in kinds}
    key = ("places", *(about.model for about in kinds))
    lines = kept_sql.read(key, actor=actor, arguments=arguments, build=lambda a, g: _union(kinds, a, g))
    return {
        (kinds[kind].model, pk): Place(number, name, title, note, level, charge, charged or "")
        for kind, pk, number, name, title, note, level, charge, charged in lines
    }


def _union(kinds: list[About], actor: Actor, arguments: kept_sql.Given) -> Any:
    legs = [_leg(n, about, actor, arguments[about.model._meta.label]) for n, about in enumerate(kinds)]
    return legs[0].union(*legs[1:], all=True)


def _leg(number: int, about: About, actor: Actor, keys: kept_sql.Value) -> Any:
    rows = policy.visible(about.model, actor).filter(pk__in=keys).order_by()
    columns = {
        "place_kind": Value(number, output_field=IntegerField()),
        "place_pk": F("pk"),
        "place_number": _text(about.number),
        "place_name": _text(about.name),
        "place_title": _text(about.title),
        "place_note": _text(about.note),
        "place_level": F(about.level) if about.level else Value(0, output_field=IntegerField()),
        "place_charge": F(about.charge) if about.charge else Cast(Value(None), IntegerField()),
        "place_charged": _text(f"{about.charge}__name" if about.charge else ""),
    }
    return rows.annotate(**columns).values_list(*COLUMNS)


def _text(path: str) -> Any:
    return Cast(F(path) if path else Value(""), CharField(max_length=LONGEST))
