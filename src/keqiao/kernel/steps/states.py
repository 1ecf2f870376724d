"""Transition tables. A module's states.py declares one per stateful model; operations must keep to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model, TextChoices

from keqiao.kernel.steps.declarations import DeclarationError, declared_at


class Tone(StrEnum):
    """How urgent a state is: pages give each tone a shape and a colour of its own."""

    TODO = "todo"  # not begun, nobody waits
    CURRENT = "current"  # under way, in our hands
    DUE = "due"  # waits for an answer of someone
    LATE = "late"  # wrong as it is: must be seen at once
    DONE = "done"  # ended as it should
    REFUSED = "refused"  # ended with no, or sent back
    PAUSED = "paused"  # rests until someone takes it up
    PLAIN = "plain"  # over, of no concern any more


@dataclass(frozen=True)
class Table:
    """States, their tones, and the ones that may follow each. `field` is the name of the model's state field."""

    states: type[TextChoices]
    moves: Mapping[str, frozenset[str]]
    tones: Mapping[str, Tone]
    field: str = "state"
    final: frozenset[str] = frozenset()

    def allows(self, before: str, after: str) -> bool:
        return before == after or after in self.moves[before]


def table(
    states: type[TextChoices], moves: Mapping[str, tuple[str, ...]], *, tones: Mapping[str, Tone]
) -> Table:
    """Raises DeclarationError where a state lacks its moves or its tone, or where a move leads to no state."""
    _each_state(states, {*moves, *(after for many in moves.values() for after in many)}, "move")
    _each_state(states, moves, "move")
    _each_state(states, tones, "tone")
    for tone in tones.values():
        _must_be_tone(tone, states)
    frozen = {str(before): frozenset(map(str, after)) for before, after in moves.items()}
    final = frozenset(state for state, after in frozen.items() if not after)
    return Table(states, frozen, {str(state): tone for state, tone in tones.items()}, final=final)


def must_keep(model: type[Model], table: Table) -> None:
    """Raises DeclarationError for a model whose field doesn't hold the states of its table."""
    column = next((field for field in model._meta.fields if field.name == table.field), None)
    held = {value for value, _label in column.flatchoices} if column else set()
    if held != set(table.states.values):
        raise DeclarationError(
            where=declared_at(),
            expected=f"a field `{table.field}` with the choices of {table.states.__name__}, for `states`",
            came=", ".join(sorted(held)) or "none",
            remedy=f"Write {table.field} = CharField(choices={table.states.__name__}.choices, …), or take `states` out.",
        )


def _must_be_tone(tone: str, states: type[TextChoices]) -> None:
    if not isinstance(tone, Tone):
        raise DeclarationError(
            where=f"{declared_at()}, {states.__name__}", expected=f"a tone, one of {', '.join(Tone)}", came=tone,
            remedy="Choose one of Tone.",
        )  # fmt: skip


def _each_state(states: type[TextChoices], named: Collection[str], what: str) -> None:
    lacking = [state for state in states.values if state not in named]
    unknown = sorted({str(name) for name in named} - set(states.values))
    if lacking or unknown:
        raise DeclarationError(
            where=f"{declared_at()}, {states.__name__}",
            expected=f"a {what} for each state and for no other",
            came=f"none for {', '.join(lacking)}" if lacking else ", ".join(unknown),
            remedy=REMEDIES[what] if lacking else "Correct the name, or add it to the states.",
        )


REMEDIES = {
    "move": "Add the state to `moves`; one that nothing follows gets ().",
    "tone": f"Add the state to `tones`, with one of Tone: {', '.join(Tone)}.",
}


def diagram(transitions: Table) -> str:
    """The table as a Mermaid state diagram, for the documents."""
    lines = ["stateDiagram-v2"]
    for before, many in transitions.moves.items():
        lines += [f"    {before} --> {after}" for after in sorted(many)]
        if not many:
            lines.append(f"    {before} --> [*]")
    return "\n".join(lines)
