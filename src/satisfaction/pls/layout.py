"""A model as index arrays, so that many samples can be estimated by the same few array operations."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from satisfaction.arrays import FloatArray, IntArray
from satisfaction.pls.regressions import Regressions
from satisfaction.questionnaire.model import Mode, Model


@dataclass(frozen=True, eq=False)
class Layout:
    """`member[item, construct]` and `arrow[cause, effect]` are 1 or 0; items and constructs in file order."""

    model: Model

    @cached_property
    def constructs(self) -> tuple[str, ...]:
        return tuple(self.model.constructs)

    @cached_property
    def items(self) -> tuple[str, ...]:
        return self.model.items

    @cached_property
    def home(self) -> IntArray:
        """The number of each item's construct."""
        sizes = [len(block) for block in self.model.constructs.values()]
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def member(self) -> FloatArray:
        return np.eye(len(self.constructs))[self.home]

    @cached_property
    def sizes(self) -> FloatArray:
        size: FloatArray = self.member.sum(axis=0)
        return size

    @cached_property
    def arrow(self) -> FloatArray:
        arrow = np.zeros((len(self.constructs), len(self.constructs)))
        arrow[self.cause_of_arrow, self.effect_of_arrow] = 1.0
        return arrow

    @cached_property
    def adjacent(self) -> FloatArray:
        return self.arrow + self.arrow.T

    @cached_property
    def cause_of_arrow(self) -> IntArray:
        return np.array([self.constructs.index(cause) for cause, _ in self.model.arrows])

    @cached_property
    def effect_of_arrow(self) -> IntArray:
        return np.array([self.constructs.index(effect) for _, effect in self.model.arrows])

    @cached_property
    def regressions(self) -> Regressions:
        return Regressions(self.arrow)

    @cached_property
    def blocks(self) -> tuple[IntArray, ...]:
        """The numbers of the items of each construct."""
        return tuple(np.flatnonzero(column) for column in self.member.T)

    @cached_property
    def formative(self) -> tuple[IntArray, ...]:
        """The blocks whose weights come from a regression (mode B)."""
        modes = [self.model.mode_of(name) for name in self.constructs]
        return tuple(block for block, mode in zip(self.blocks, modes, strict=True) if mode is Mode.B)

    @cached_property
    def reflective(self) -> FloatArray:
        """1 for constructs estimated in mode A from several items: those PLSc corrects."""
        modes = [self.model.mode_of(name) is Mode.A for name in self.constructs]
        return np.array(modes) * (self.sizes > 1)

    @cached_property
    def low(self) -> FloatArray:
        return np.array([self.model.scale_of(item).low for item in self.items])

    @cached_property
    def span(self) -> FloatArray:
        high = np.array([self.model.scale_of(item).high for item in self.items])
        return high - self.low

    @cached_property
    def target(self) -> int:
        return self.constructs.index(self.model.target)
