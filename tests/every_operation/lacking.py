"""What a step lacks in an example: just one condition, everything else being as the example has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.factories.world import World

Changes = Callable[[World, Any], Mapping[str, Any]]


def as_it_is(_world: World, _subject: Any) -> None:
    """Nothing is done to the rows."""


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """`rows(world, subject)` takes the condition away from the rows, `values` from what is given, `by` from the person.

    What is said stands here in English, with the clause and the remedy that the refusal itself names. `settled` is said
    of what is so already, or over: nothing is left to be done about it, so neither remedy nor field is named.
    """

    says: str
    clause: str = ""
    remedy: str = ""
    field: str = ""
    rows: Callable[[World, Any], object] = as_it_is
    values: Mapping[str, Any] | Changes | None = None
    by: str = ""
    subject: Callable[[World, str], Any] | None = None  # instead of the example's
    settled: bool = False

    def __post_init__(self) -> None:
        asks = self.says.startswith("Please")  # which is its own remedy
        if not (asks or self.settled or self.remedy or self.field or self.by):
            raise ValueError(f"“{self.says}” tells nobody what to do: say a remedy, a field, or `settled`")

    def changes(self, world: World, subject: Any) -> Mapping[str, Any]:
        return (self.values(world, subject) if callable(self.values) else self.values) or {}


def lacks(says: str, clause: str = "", remedy: str = "", **how: Any) -> Lacking:
    return Lacking(says=says, clause=clause, remedy=remedy, **how)
