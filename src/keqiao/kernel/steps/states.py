"""Transition tables. A module's states.py declares one per stateful model; operations must keep to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Table:
    """States and the ones that may follow each. `field` is the name of the model's state field."""

    states: type[TextChoices]
    moves: Mapping[str, frozenset[str]]
    field: str = "state"
    final: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = set(self.states.values)
        named = set(self.moves) | {after for many in self.moves.values() for after in many}
        if named != known:
            raise ValueError(
                f"{self.states.__name__}: the table names {sorted(named)}, the states are {sorted(known)}"
            )

    def allows(self, before: str, after: str) -> bool:
        return before == after or after in self.moves[before]


def table(states: type[TextChoices], moves: Mapping[str, tuple[str, ...]]) -> Table:
    frozen = {str(before): frozenset(map(str, after)) for before, after in moves.items()}
    return Table(states, frozen, final=frozenset(state for state, after in frozen.items() if not after))


def diagram(transitions: Table) -> str:
    """The table as a Mermaid state diagram, for the documents."""
    lines = ["stateDiagram-v2"]
    for before, many in transitions.moves.items():
        lines += [f"    {before} --> {after}" for after in sorted(many)]
        if not many:
            lines.append(f"    {before} --> [*]")
    return "\n".join(lines)
