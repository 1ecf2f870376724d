"""The measurement model of a survey, and what makes one unusable: each fault with its name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from satisfaction.problems import SatisfactionError, listed
from satisfaction.questionnaire.unsupported import refuse_unsupported

RESERVED = ("->", "|")  # they separate names in the keys of the results


class Mode(StrEnum):
    """How the weights of a block are estimated: by correlations (A) or by regression (B) (Wold 1982)."""

    A = "A"
    B = "B"


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest answer an item allows."""

    low: float = 1.0
    high: float = 10.0


@dataclass(frozen=True)
class Model:
    """Constructs with their items, and for each construct its causes. A Model that exists is valid."""

    constructs: Mapping[str, tuple[str, ...]]
    paths: Mapping[str, tuple[str, ...]]
    scale: Scale = Scale()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    modes: Mapping[str, Mode] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    target: str = ""

    def __post_init__(self) -> None:
        check_model(self)
        if not self.target:
            object.__setattr__(self, "target", self._usual_target())

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for block in self.constructs.values() for item in block)

    @property
    def arrows(self) -> tuple[tuple[str, str], ...]:
        """Pairs of cause and effect, in the order of the file."""
        return tuple((cause, effect) for effect, causes in self.paths.items() for cause in causes)

    def mode_of(self, construct: str) -> Mode:
        return self.modes.get(construct, Mode.A)

    def scale_of(self, item: str) -> Scale:
        return self.scales.get(item, self.scale)

    def most_arrows(self) -> int:
        """The largest number of arrows into one construct; a mode B block's items point into it too."""
        formative = [len(items) for name, items in self.constructs.items() if self.mode_of(name) is Mode.B]
        return max([len(causes) for causes in self.paths.values()] + formative)

    def _usual_target(self) -> str:
        """The construct improvement aims at: the one called satisfaction, else the one with most causes."""
        for name in self.constructs:
            if name.lower() == "satisfaction" or "满意" in name:
                return name
        return max(self.constructs, key=lambda name: len(self.paths.get(name, ())))


def check_model(model: Model) -> None:
    refuse_unsupported(model.constructs, model.arrows)
    _check_blocks(model)
    _check_names(model)
    _check_scales(model)
    _check_arrows(model)
    _check_connected(model)
    cycle = find_cycle(model)
    if cycle:
        raise SatisfactionError("model-cycle", cycle=" → ".join(cycle))


def _check_blocks(model: Model) -> None:
    if not model.constructs:
        raise SatisfactionError("model-empty")
    for construct, items in model.constructs.items():
        if not items:
            raise SatisfactionError("construct-without-items", construct=construct)
        _refuse_twice("item-twice", items, construct=construct)
    for item, times in Counter(model.items).items():
        if times > 1:
            homes = [name for name, items in model.constructs.items() if item in items]
            raise SatisfactionError("item-in-two-constructs", item=item, constructs=listed(homes))


def _check_names(model: Model) -> None:
    for name in (*model.constructs, *model.items):
        if not name.strip() or any(mark in name for mark in RESERVED):
            raise SatisfactionError("bad-name", name=name)
    used = [*model.paths, *(cause for cause, _ in model.arrows), *model.modes]
    _refuse_unknown("unknown-construct", [*used, *filter(None, [model.target])], model.constructs)
    _refuse_unknown("unknown-item", [*model.scales, *model.questions], model.items)


def _check_scales(model: Model) -> None:
    for where, scale in [("scale", model.scale), *model.scales.items()]:
        if not _is_range(scale):
            raise SatisfactionError("bad-scale", where=where, low=scale.low, high=scale.high)


def _is_range(scale: Scale) -> bool:
    return math.isfinite(scale.low) and math.isfinite(scale.high) and scale.low < scale.high


def _check_arrows(model: Model) -> None:
    for effect, causes in model.paths.items():
        _refuse_twice("cause-twice", causes, construct=effect)


def _check_connected(model: Model) -> None:
    """Outer weights come from neighbours: a construct without any arrow has none (Wold 1982)."""
    touched = {name for arrow in model.arrows for name in arrow}
    alone = [name for name in model.constructs if name not in touched]
    if alone:
        raise SatisfactionError("unconnected-construct", constructs=listed(alone))


def find_cycle(model: Model) -> list[str]:
    """One cycle of arrows as a list of names, first and last alike, or an empty list."""
    try:
        TopologicalSorter(model.paths).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        return cycle
    return []


def _refuse_twice(name: str, words: Iterable[str], construct: str) -> None:
    twice = [word for word, times in Counter(words).items() if times > 1]
    if twice:
        raise SatisfactionError(name, construct=construct, name=listed(twice))


def _refuse_unknown(name: str, words: Iterable[str], known: Iterable[str]) -> None:
    known = tuple(known)
    unknown = [word for word in words if word not in known]
    if unknown:
        raise SatisfactionError(name, name=listed(unknown), known=listed(known))
