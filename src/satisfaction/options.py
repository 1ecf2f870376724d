"""Everything about an analysis that is a choice: the standard and the field leave it open."""

from dataclasses import dataclass, field
from enum import StrEnum

from satisfaction.answers.missing import Missing
from satisfaction.index import IndexWeights
from satisfaction.pls.weights import Iteration
from satisfaction.problems import SatisfactionError
from satisfaction.resample.intervals import IntervalKind


@dataclass(frozen=True)
class Options:
    """`draws` of the bootstrap (0: none), `floor`: the smallest group that is shown."""

    iteration: Iteration = field(default_factory=Iteration)
    plsc: bool = False
    missing: Missing = Missing.CONSTRUCT_MEAN
    index_weights: IndexWeights = IndexWeights.UNSTANDARDISED
    draws: int = 0
    seed: int = 1
    workers: int = 0
    confidence: float = 0.95
    interval: IntervalKind = IntervalKind.PERCENTILE
    floor: int = 5
    permutations: int = 1000

    def __post_init__(self) -> None:
        self._as_choice("missing", Missing)
        self._as_choice("index_weights", IndexWeights)
        self._as_choice("interval", IntervalKind)
        _check("bootstrap", "0, ≥ 2", self.draws, good=self.draws == 0 or self.draws > 1)
        _check("seed", "≥ 0", self.seed, good=self.seed >= 0)
        _check("workers", "≥ 0", self.workers, good=self.workers >= 0)
        _check("confidence", "0 < … < 1", self.confidence, good=0.0 < self.confidence < 1.0)
        _check("floor", "≥ 1", self.floor, good=self.floor >= 1)
        _check("permutations", "≥ 1", self.permutations, good=self.permutations >= 1)
        _check("tolerance", "0 < … < 1", self.iteration.tolerance, good=0.0 < self.iteration.tolerance < 1.0)
        _check("max-iterations", "≥ 1", self.iteration.limit, good=self.iteration.limit >= 1)

    def _as_choice(self, name: str, kind: type[StrEnum]) -> None:
        """A choice given as plain text becomes the choice itself; a word that is none is refused."""
        got = getattr(self, name)
        if got not in list(kind):
            raise SatisfactionError("bad-option", name=name, expected=" | ".join(kind), got=got)
        object.__setattr__(self, name, kind(got))


def _check(name: str, expected: str, got: float, *, good: bool) -> None:
    if not good:
        raise SatisfactionError("bad-option", name=name, expected=expected, got=got)
