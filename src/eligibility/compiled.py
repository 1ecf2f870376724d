"""A version as two generated Python functions: the verdict alone, and every value for the explanation."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from eligibility.codegen import function_source
from eligibility.facts import Facts
from eligibility.order import entered_of, topological
from eligibility.programme import Version
from eligibility.tree import NO_RATIO, Node, Points, Scalar, Score

Lookup = Callable[[str], Any]


def hull(conditions: tuple[bool | None, ...], points: tuple[Points, ...], otherwise: Points) -> Points:
    """The least and greatest points still possible when conditions are tried in order."""
    lo, hi = None, 0
    for condition, (low, high) in zip(conditions, points, strict=True):
        if condition is not False:
            lo, hi = (low, high) if lo is None else (min(lo, low), max(hi, high))
            if condition:
                return lo, hi
    low, high = otherwise
    return (low, high) if lo is None else (min(lo, low), max(hi, high))


class Values:
    """Values of nodes for one enterprise, as the interpreter would give them: `values[node]`."""

    __slots__ = ("_computed", "_positions")

    def __init__(self, computed: tuple[Any, ...], positions: dict[Node, int]) -> None:
        self._computed = computed
        self._positions = positions

    def all(self, nodes: tuple[Node, ...]) -> list[Any]:
        """The values of several conditions or scores."""
        computed, positions = self._computed, self._positions
        return [computed[positions[node]] for node in nodes]

    def openness(self, nodes: tuple[Node, ...]) -> list[bool]:
        """For all nodes of the version, in their order: is the value None or, of a score, not one point."""
        return [
            (value[0] != value[1] if isinstance(node, Score) else value[0] is None)
            if type(value) is tuple
            else value is None
            for node, value in zip(nodes, self._computed, strict=True)
        ]

    def __getitem__(self, node: Node) -> Any:
        value = self._computed[self._positions[node]]
        if not isinstance(node, Scalar):
            return value
        if isinstance(value, tuple):
            return None if value[0] is None else NO_RATIO if value[1] == 0 else Fraction(*value)
        return value if value is None or isinstance(value, str) else Fraction(value)


class Compiled:
    """The generated functions of one version. `source` is their text."""

    def __init__(self, version: Version) -> None:
        self.version = version
        nodes = topological(version.roots)
        self._positions = {node: index for index, node in enumerate(nodes)}
        short = function_source(
            "verdict",
            (version.root, *entered_of(version)),
            lambda writer: f"None if faults else {writer.logic(version.root)}",
        )
        full = function_source(
            "explained",
            version.roots,
            lambda writer: f"faults, ({', '.join(writer.result(node) for node in nodes)},)",
        )
        self.source = f"{short}\n\n\n{full}\n"
        space: dict[str, Any] = {"hull": hull, "from_ordinal": date.fromordinal}
        code = compile(self.source, f"<{version.code}@{version.label}>", "exec")
        exec(code, space)  # noqa: S102 - the text is written here from a checked tree, none of it by a user
        self._verdict: Callable[[Lookup], bool | None] = space["verdict"]
        self._explained: Callable[[Lookup], tuple[tuple[str, ...], tuple[Any, ...]]] = space["explained"]

    def verdict(self, facts: Facts) -> bool | None:
        """True (met), False (not met) or None (unknown), as fast as it gets."""
        return self._verdict(facts.get)

    def explained(self, facts: Facts) -> tuple[tuple[str, ...], Values]:
        """The entered facts outside their band, and the value of every node."""
        faults, computed = self._explained(facts.get)
        return faults, Values(computed, self._positions)


@lru_cache(maxsize=4096)
def compile_version(version: Version) -> Compiled:
    """The compiled form, made once."""
    return Compiled(version)
