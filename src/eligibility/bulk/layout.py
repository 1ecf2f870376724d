"""Which byte columns codes have: planes of edges for every core, and bytes that are facts themselves.

An edge is a threshold of a core and whether it is strict: `>= t` and `> t` are two edges. The code of a value is
one more than the edges it passes, so every comparison is a comparison of bytes; 0 is no ratio, which meets no
comparison. A plane holds at most 252 edges; whoever looks at several edges of a core finds them in one plane.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from eligibility.bulk.arrays import MOST_EDGES
from eligibility.bulk.integer_registers import Machine
from eligibility.bulk.metrics import Core, normal_form
from eligibility.errors import EligibilityError
from eligibility.tree import Compare

Edge = tuple[Fraction, bool]
Edges = tuple[Edge, ...]
PASSED_BY = {
    ">=": (False,),
    "<": (False,),
    ">": (True,),
    "<=": (True,),
    "==": (False, True),
    "!=": (False, True),
}


class PlanError(EligibilityError):
    """Codes that do not hold what a programme asks for."""


@dataclass(frozen=True, slots=True)
class Plane:
    """One byte column of a core and its edges in order; `places` has for each the greatest code that misses it."""

    column: int
    edges: Edges
    places: dict[Edge, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {edge: place for place, edge in enumerate(self.edges, 1)})


@dataclass(slots=True)
class Layout:
    """The columns, and how to find one: by core, or by the name of a byte fact."""

    machine: Machine = field(default_factory=Machine)
    planes: dict[Core, list[Plane]] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    columns: int = 0
    _found: dict[Compare, tuple[Core, Edges]] = field(default_factory=dict)

    def edges_of(self, compare: Compare) -> tuple[Core, Edges]:
        """The core a comparison looks at and its one or two edges."""
        if compare not in self._found:
            self._found[compare] = self._edges_of(compare)
        return self._found[compare]

    def _edges_of(self, compare: Compare) -> tuple[Core, Edges]:
        normal = normal_form(self.machine, compare.metric)
        threshold = normal.threshold(compare.threshold)
        edges = [(threshold, strict) for strict in PASSED_BY[compare.op]]
        if normal.core.whole >= 0:
            edges = [_whole_edge(edge) for edge in edges]
        return normal.core, tuple(dict.fromkeys(edges))

    def plane_for(self, core: Core, edges: Iterable[Edge]) -> Plane:
        """The plane that has all the edges. Raises PlanError."""
        wanted = set(edges)
        for plane in self.planes.get(core, ()):
            if wanted <= plane.places.keys():
                return plane
        raise PlanError(
            "expected codes made for these programmes, got a threshold they do not hold; encode again"
        )

    def column_of_fact(self, name: str) -> int:
        """The column of a yes-or-no fact, a choice or an entered score. Raises PlanError."""
        if name not in self.facts:
            raise PlanError(f"expected codes that hold {name}, got none; encode again")
        return self.facts[name]

    def describe(self) -> str:
        """The whole layout as text: equal text, equal codes."""
        cores = [(core.whole, core.terms, repr(core.scalar), planes) for core, planes in self.planes.items()]
        machine = self.machine
        return repr(
            (
                "codes from 1",
                machine.steps,
                machine.params,
                machine.whole_facts,
                machine.byte_facts,
                cores,
                self.facts,
            )
        )


def _whole_edge(edge: Edge) -> Edge:
    threshold, strict = edge
    return Fraction(math.floor(threshold) + 1 if strict else math.ceil(threshold)), False


def build_layout(uses: Iterable[tuple[Compare, ...]], facts: Iterable[str]) -> Layout:
    """A layout for groups of comparisons that must find their edges in one plane, and for byte facts."""
    layout = Layout()
    asked: dict[Core, list[set[Edge]]] = {}
    for group in uses:
        together: dict[Core, set[Edge]] = {}
        for compare in group:
            core, edges = layout.edges_of(compare)
            together.setdefault(core, set()).update(edges)
        for core, wanted in together.items():
            asked.setdefault(core, []).append(wanted)
    for core, groups in asked.items():
        layout.planes[core] = [
            Plane(layout.columns + place, tuple(sorted(edges))) for place, edges in enumerate(_packed(groups))
        ]
        layout.columns += len(layout.planes[core])
    for name in facts:
        if name not in layout.facts:
            layout.facts[name] = layout.columns
            layout.columns += 1
    return layout


def _packed(groups: list[set[Edge]]) -> list[set[Edge]]:
    """Few sets of at most 252 edges, so that each group lies within one of them."""
    packed: list[set[Edge]] = []
    for group in sorted(groups, key=lambda edges: (min(edges), len(edges))):
        fitting = next((held for held in packed if len(held | group) <= MOST_EDGES), None)
        if fitting is None:
            packed.append(set(group))
        else:
            fitting |= group
    return packed
