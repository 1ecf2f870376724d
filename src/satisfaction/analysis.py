"""The results of an analysis."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from satisfaction.answers.missing import Completeness
from satisfaction.arrays import FloatArray
from satisfaction.groups.comparison import GroupReport
from satisfaction.moments import Moments
from satisfaction.options import Options
from satisfaction.pls.estimate import Estimates
from satisfaction.pls.layout import Layout
from satisfaction.problems import Problem
from satisfaction.quality.assess import Quality
from satisfaction.questionnaire.model import Model
from satisfaction.resample.bootstrap import Bootstrap
from satisfaction.resample.intervals import Spread
from satisfaction.strategy import Matrix

FEWEST = 30  # answers below which no model is shown, however small it is (convention)


@dataclass(frozen=True, eq=False)
class Analysis:
    """Results; `estimates`, `quality` and `matrix` are None where there are too few answers for a model."""

    layout: Layout
    options: Options
    completeness: Completeness
    moments: Moments
    shares: FloatArray
    index: Spread
    estimates: Estimates | None = None
    quality: Quality | None = None
    matrix: Matrix | None = None
    bootstrap: Bootstrap | None = None
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    groups: GroupReport | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def n(self) -> int:
        return self.moments.n


def smallest_sample(model: Model) -> int:
    """Ten answers for each arrow into one construct, 30 at least (Barclay, Higgins & Thompson 1995)."""
    return max(FEWEST, 10 * model.most_arrows())
