"""Conditions that a module above adds to a step below: the archive waits until complaints are answered.

    gate(step="archive_engagement", name=_("Complaints answered"), clause="6.4.2", missing=complaints_are_answered)

The step lists what is missing with its own conditions, and knows nothing of who asked for them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from keqiao.kernel.platform.errors import Missing, Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by, name_clauses


@dataclass(frozen=True)
class Gate:
    """`missing(subject)` gives what stands in the way, each with its remedy; `clause` is that of those that name none."""

    step: str
    name: Text
    missing: Callable[[Any], Iterable[Missing]]
    clause: str
    where: str
    by: str  # the Python module that declares it


_gates: dict[str, list[Gate]] = {}


def gate(*, step: str, name: Text, missing: Callable[[Any], Iterable[Missing]], clause: str) -> Gate:
    """Add a condition to the step of this name. That there is such a step is checked when all modules are read."""
    gate = Gate(step, name, missing, clause, declared_at(), declared_by())
    if any(str(other.name) == str(name) for other in _gates.get(step, ())):
        raise DeclarationError(
            where=gate.where,
            expected=f"one gate of this name on {step}",
            came=str(name),
            remedy="Name what this gate waits for, or declare it once.",
        )
    name_clauses(clause)
    _gates.setdefault(step, []).append(gate)
    return gate


def gates() -> Iterator[Gate]:
    for many in _gates.values():
        yield from many


def missing_at(step: str, subject: Any) -> Iterator[Missing]:
    for gate in _gates.get(step, ()):
        for missing in gate.missing(subject):
            yield missing if missing.clause else replace(missing, clause=gate.clause)


modules.describe("gates", lambda: (gate.by for gate in gates()))
