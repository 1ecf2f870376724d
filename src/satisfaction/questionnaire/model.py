"""The measurement model of a survey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from satisfaction.questionnaire.checks import check_model


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
