"""What the encoders need, as plain arrays: the steps of the machine, the cores, their edges and planes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from eligibility.bulk.arrays import Bytes, Floats, Wholes
from eligibility.bulk.buckets import Buckets, buckets_of
from eligibility.bulk.integer_registers import DAY, MOST
from eligibility.bulk.layout import Edges, Layout, Plane
from eligibility.bulk.metrics import Core

NARROW = 2**35
"""Numerators and denominators of thresholds below are compared crosswise in int64, in two halves."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A core with all its edges, over its planes, in order.

    `floats` are the rounded thresholds, `above / below` the exact ones, `strict` their edges; `local` has a row
    for each plane: the code in it for each number of edges passed.
    """

    core: Core
    edges: Edges
    planes: tuple[Plane, ...]
    floats: Floats
    above: Wholes
    below: Wholes
    strict: Bytes
    narrow: bool
    local: Bytes
    buckets: Buckets | None


def ranked(core: Core, planes: list[Plane]) -> Ranked:
    """All edges of a core in one order."""
    edges = tuple(sorted({edge for plane in planes for edge in plane.edges}))
    narrow = all(max(abs(t.numerator), t.denominator) < NARROW for t, _ in edges)
    held = [[edge in plane.places for edge in edges] for plane in planes]
    local = np.concatenate([np.zeros((len(planes), 1), int), np.cumsum(held, axis=1)], axis=1)
    floats = np.array([_rounded(t) for t, _ in edges])
    return Ranked(
        core=core,
        edges=edges,
        planes=tuple(planes),
        floats=floats,
        above=np.array([t.numerator if narrow else 0 for t, _ in edges], np.int64),
        below=np.array([t.denominator if narrow else 1 for t, _ in edges], np.int64),
        strict=np.array([strict for _, strict in edges], np.uint8),
        narrow=narrow,
        local=(local + 1).astype(np.uint8),
        buckets=buckets_of(floats),
    )


def _rounded(threshold: Fraction) -> float:
    # Division of two ints is correctly rounded in Python, so equal quotients give equal floats.
    return threshold.numerator / threshold.denominator


@dataclass(frozen=True, slots=True)
class Encoding:
    """The whole of it. `copied` are (column, place among `byte_facts`) of facts that are codes themselves."""

    steps: Wholes
    params: tuple[int | str, ...]
    whole_facts: tuple[str, ...]
    byte_facts: tuple[str, ...]
    whole_registers: int
    logic_registers: int
    ranked: tuple[Ranked, ...]
    copied: tuple[tuple[int, str], ...]
    columns: int

    def parameters(self, on: date) -> Wholes:
        """The parameters for a day of application."""
        words = {DAY: on.toordinal()}
        return np.array([words.get(p, on.year) if isinstance(p, str) else p for p in self.params], np.int64)


def encoding_of(layout: Layout) -> Encoding:
    """The arrays of a layout."""
    machine = layout.machine
    return Encoding(
        steps=np.array(machine.steps, np.int64).reshape(-1, 5),
        params=tuple(machine.params),
        whole_facts=tuple(machine.whole_facts),
        byte_facts=tuple(machine.byte_facts),
        whole_registers=machine.whole_registers,
        logic_registers=machine.logic_registers,
        ranked=tuple(ranked(core, planes) for core, planes in layout.planes.items()),
        copied=tuple((column, name) for name, column in layout.facts.items()),
        columns=layout.columns,
    )


def whole_edges(ranked: Ranked) -> Wholes:
    """The edges of a whole core, clipped to what a register can pass or never pass."""
    return np.array([max(-MOST, min(MOST, int(t))) for t, _ in ranked.edges], np.int64)
