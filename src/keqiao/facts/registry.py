"""Who knows which fact of an enterprise, each with its source and its period.

    declare(source=_("Yearly figures"), facts=(Fact.known("sales_y1"), …), read=figures)

`read(enterprise, on, actor)` gives those of its facts that are known on that day, through the policy: a fact that
`actor` may not see is not known to them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from eligibility.vocabulary import vocabulary
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

Value = Decimal | int | bool | str | date


@dataclass(frozen=True)
class Fact:
    """`unit` and `period` as the vocabulary writes them: money is in yuan; y1 is the last full year before `on`."""

    name: str
    label: Text
    unit: str
    period: str

    @classmethod
    def known(cls, name: str) -> "Fact":
        """A fact of the eligibility library's vocabulary."""
        spec = vocabulary().get(name)
        if spec is None:
            raise DeclarationError(
                where=declared_at(),
                expected="a name of the vocabulary",
                came=name,
                remedy="Correct it, or declare a fact of your own with label, unit and period.",
            )
        return cls(name, spec.zh, spec.unit, spec.period)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known: `period` says of when (2025, 2023–2025, a day), `source` where it stands, from which day."""

    value: Value
    period: str
    source: str
    source_date: date | None


Read = Callable[[Enterprise, date, Actor], Mapping[str, Known]]


@dataclass(frozen=True)
class Stated:
    fact: Fact
    known: Known


@dataclass(frozen=True)
class Table:
    """Rows about an enterprise, each a value a column, such as its patents or its projects."""

    name: str
    label: Text
    columns: Mapping[str, Text]
    rows: Callable[[Enterprise, date, Actor], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class _Source:
    label: Text
    facts: tuple[Fact, ...]
    read: Read
    where: str
    by: str  # the Python module that declares it


_sources: list[_Source] = []
_facts: dict[str, _Source] = {}
_tables: dict[str, tuple[Table, str]] = {}


def declare(*, source: Text, facts: Iterable[Fact], read: Read) -> None:
    """Say which facts this source knows. A fact has one source, and the unit and period the vocabulary gives it."""
    entry = _Source(source, tuple(facts), read, declared_at(), declared_by())
    for fact in entry.facts:
        _refuse_unfit(fact, entry.where)
        _facts[fact.name] = entry
    _sources.append(entry)


def _refuse_unfit(fact: Fact, where: str) -> None:
    if fact.name in _facts:
        raise DeclarationError(
            where=where,
            expected="one source a fact",
            came=fact.name,
            remedy=f"It is declared in {_facts[fact.name].where}; take it out of one of them.",
        )
    spec = vocabulary().get(fact.name)
    if spec is not None and (fact.unit, fact.period) != (spec.unit, spec.period):
        raise DeclarationError(
            where=where,
            expected=f"{fact.name} in {spec.unit}, {spec.period}",
            came=f"{fact.unit}, {fact.period}",
            remedy="Programmes reckon with the vocabulary's; use Fact.known, or another name.",
        )


def declare_table(table: Table) -> None:
    where = declared_at()
    if table.name in _tables:
        raise DeclarationError(
            where=where,
            expected="a table of its own name",
            came=table.name,
            remedy=f"It is declared in {_tables[table.name][1]}; choose another name.",
        )
    _tables[table.name] = table, where


def declared() -> tuple[Fact, ...]:
    return tuple(fact for source in _sources for fact in source.facts)


def of(enterprise: Enterprise, on: date, *, actor: Actor) -> dict[str, Stated]:
    """Every fact known of the enterprise on that day as far as `actor` may see it, by name, in the order declared.

    Raises UndeclaredFactError when a source gives a fact it didn't declare.
    """
    facts: dict[str, Stated] = {}
    for source in _sources:
        known = source.read(enterprise, on, actor)
        extra = set(known) - {fact.name for fact in source.facts}
        if extra:
            raise UndeclaredFactError(f"{source.where}: gives {sorted(extra)}; name them in facts=")
        facts |= {fact.name: Stated(fact, known[fact.name]) for fact in source.facts if fact.name in known}
    return facts


def tables() -> tuple[Table, ...]:
    return tuple(table for table, _where in _tables.values())


def rows_of(name: str, enterprise: Enterprise, on: date, *, actor: Actor) -> list[dict[str, Any]]:
    """The rows of a table, each by the names of its columns. Raises KeyError for a table nobody declares."""
    table, _where = _tables[name]
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows(enterprise, on, actor)]


class UndeclaredFactError(RuntimeError):
    """A source gives what it doesn't say it knows: a fault of the program."""


modules.describe("facts", lambda: (source.by for source in _sources for _fact in source.facts))
