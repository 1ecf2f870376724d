"""The bootstrap of an analysis: an interval for every figure that is shown with one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from satisfaction.analysis import Analysis
from satisfaction.answers.table import Answers
from satisfaction.arrays import BoolArray
from satisfaction.guards import CANCELLED
from satisfaction.index import index_values, item_shares
from satisfaction.moments import Moments
from satisfaction.options import Options
from satisfaction.pls.effects import total_effects
from satisfaction.pls.estimate import estimate
from satisfaction.pls.layout import Layout
from satisfaction.problems import Problem, SatisfactionError, problem
from satisfaction.resample.bootstrap import Bootstrap, Statistics, bootstrap
from satisfaction.resample.intervals import spread

FEW_DRAWS = 200  # bootstrap draws below which the ends of an interval are rough (Efron & Tibshirani 1993)


def with_bootstrap(result: Analysis, answers: Answers) -> Analysis:
    options = result.options
    drawn = bootstrap(
        answers=answers,
        statistics=lambda moments: _statistics(moments, result.layout, options),
        draws=options.draws,
        seed=options.seed,
        workers=options.workers,
    )
    if drawn.draws - drawn.failed < 2:  # noqa: PLR2004 fewer have no spread
        raise SatisfactionError("bootstrap-failed", failed=drawn.failed, draws=drawn.draws)
    point, _ = _statistics(_stacked(result.moments), result.layout, options)
    spreads = {
        name: spread(
            estimate=point[name][0], draws=values, confidence=options.confidence, kind=options.interval
        )
        for name, values in drawn.values.items()
    }
    warnings = (*result.warnings, *_draw_warnings(drawn))
    return replace(result, bootstrap=drawn, spreads=spreads, index=spreads["index"], warnings=warnings)


def _stacked(moments: Moments) -> Moments:
    return Moments(moments.n, moments.mean[None], moments.covariance[None])


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def _statistics(moments: Moments, layout: Layout, options: Options) -> tuple[Statistics, BoolArray]:
    """Everything that gets an interval, for many samples at once."""
    estimates = estimate(
        correlations=moments.correlation(), layout=layout, how=options.iteration, plsc=options.plsc
    )
    shares = item_shares(
        weights=estimates.weights,
        deviation=moments.deviation,
        layout=layout,
        convention=options.index_weights,
    )
    values = {
        "paths": estimates.paths,
        "total_effects": total_effects(estimates.paths),
        "weights": estimates.weights,
        "loadings": estimates.loadings,
        "r2": estimates.r2,
        "index": index_values(moments.mean, shares, layout),
    }
    finite = [np.isfinite(value).reshape(len(value), -1).all(axis=1) for value in values.values()]
    defined = (np.abs(shares) < CANCELLED).all(axis=1)
    return values, np.logical_and.reduce([estimates.converged, defined, *finite])


def _draw_warnings(drawn: Bootstrap) -> Iterator[Problem]:
    if drawn.failed:
        yield problem("draws-failed", failed=drawn.failed, draws=drawn.draws)
    if drawn.draws < FEW_DRAWS:
        yield problem("few-draws", draws=drawn.draws, enough=FEW_DRAWS)
