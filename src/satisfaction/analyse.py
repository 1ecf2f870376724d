"""The whole analysis of a survey: from answers to figures, and to what must be said about them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from satisfaction.analysis import Analysis, smallest_sample
from satisfaction.answers.missing import Completeness, complete
from satisfaction.answers.table import Answers
from satisfaction.arrays import FloatArray
from satisfaction.groups.comparison import MOST_GROUPS, compare_groups
from satisfaction.guards import (
    check_enough,
    check_estimates,
    check_independent,
    check_shares,
    check_varies,
    constant_items,
)
from satisfaction.index import IndexWeights, index_error, index_values, item_shares
from satisfaction.moments import Moments, moments_of
from satisfaction.options import Options
from satisfaction.pls.effects import total_effects
from satisfaction.pls.estimate import Estimates, estimate
from satisfaction.pls.layout import Layout
from satisfaction.problems import Problem, listed, problem
from satisfaction.quality.assess import assess
from satisfaction.quality.thresholds import quality_warnings
from satisfaction.questionnaire.model import Model
from satisfaction.resample.intervals import Spread, formula_spread
from satisfaction.scale_use import unused_upper_parts
from satisfaction.strategy import Matrix, strategy_matrix
from satisfaction.uncertainty import with_bootstrap


def analyse(
    *, model: Model, answers: Answers, options: Options | None = None, compare: Sequence[str] = ()
) -> Analysis:
    """Analyse answers of the model's items. Raises SatisfactionError where there is nothing to show."""
    options = options or Options()
    layout = Layout(model)
    full, counts = complete(model=model, answers=answers, rule=options.missing)
    check_enough(full.n, layout, options.floor)
    moments = moments_of(full)
    if full.n < smallest_sample(model):
        result = _means_only(layout, options, counts, moments)
    else:
        result = _with_model(layout, options, counts, moments, full)
    if full.groups is not None:
        result = _with_groups(result, full, compare)
    warnings = (*_data_warnings(counts), *unused_upper_parts(model, full), *result.warnings)
    return replace(result, warnings=warnings)


def _means_only(layout: Layout, options: Options, counts: Completeness, moments: Moments) -> Analysis:
    """Plain means with intervals: a model on so few answers would be guesswork."""
    options = replace(options, index_weights=IndexWeights.EQUAL)
    shares = item_shares(
        weights=np.ones(len(layout.items)),
        deviation=moments.deviation,
        layout=layout,
        convention=IndexWeights.EQUAL,
    )
    warnings = [problem("too-few-for-model", n=moments.n, needed=smallest_sample(layout.model))]
    constant = constant_items(moments, layout)
    if constant:
        warnings.append(problem("constant-item", item=listed(constant), n=moments.n))
    index = _formula_index(moments, shares, layout, options)
    return Analysis(layout, options, counts, moments, shares, index, warnings=tuple(warnings))


def _formula_index(moments: Moments, shares: FloatArray, layout: Layout, options: Options) -> Spread:
    index = index_values(moments.mean, shares, layout)
    error = index_error(moments, shares, layout)
    return formula_spread(estimate=index, error=error, confidence=options.confidence, n=moments.n)


def _with_model(
    layout: Layout, options: Options, counts: Completeness, moments: Moments, answers: Answers
) -> Analysis:
    check_varies(moments, layout)
    correlation = moments.correlation()
    check_independent(correlation, layout)
    found = estimate(correlations=correlation[None], layout=layout, how=options.iteration, plsc=options.plsc)
    check_estimates(correlation, found, layout, options.iteration, plsc=options.plsc)
    shares = item_shares(
        weights=found.weights[0],
        deviation=moments.deviation,
        layout=layout,
        convention=options.index_weights,
    )
    check_shares(shares, layout)
    quality = assess(moments, found, layout)
    result = Analysis(
        layout=layout,
        options=options,
        completeness=counts,
        moments=moments,
        shares=shares,
        index=_formula_index(moments, shares, layout, options),
        estimates=found,
        quality=quality,
        matrix=_matrix(layout, moments, found, shares),
        warnings=(*quality_warnings(quality, found, layout), *_index_warnings(moments, shares, layout)),
    )
    return with_bootstrap(result, answers) if options.draws else result


def _index_warnings(moments: Moments, shares: FloatArray, layout: Layout) -> Iterator[Problem]:
    """Weights of both signs can carry a mean beyond the ends of the scale."""
    index = index_values(moments.mean, shares, layout)
    beyond = [
        f"{layout.constructs[k]} {index[k]:.1f}" for k in np.flatnonzero(np.abs(index - 50.0) > 50.0 + 1e-9)
    ]
    if beyond:
        yield problem("index-off-range", constructs=listed(beyond))


def _matrix(layout: Layout, moments: Moments, found: Estimates, shares: FloatArray) -> Matrix | None:
    """None where nothing leads to the target."""
    effects = total_effects(found.paths)[0]
    if not layout.arrow[:, layout.target].any():
        return None
    return strategy_matrix(
        effects=effects,
        index=index_values(moments.mean, shares, layout),
        shares=shares,
        unit_mean=(moments.mean - layout.low) / layout.span,
        layout=layout,
    )


def _with_groups(result: Analysis, answers: Answers, compare: Sequence[str]) -> Analysis:
    smallest = smallest_sample(result.layout.model)
    report = compare_groups(
        answers=answers,
        layout=result.layout,
        shares=result.shares,
        options=result.options,
        wanted=compare,
        smallest_for_paths=smallest if result.estimates is not None else answers.n + 1,
    )
    groups = len(report.groups)
    crowd = [problem("too-many-groups", count=groups, limit=MOST_GROUPS)] if groups > MOST_GROUPS else []
    hidden = (
        [problem("groups-hidden", count=report.hidden, floor=result.options.floor)] if report.hidden else []
    )
    return replace(result, groups=report, warnings=(*result.warnings, *hidden, *crowd))


def _data_warnings(counts: Completeness) -> Iterator[Problem]:
    if counts.cells_filled:
        yield problem("answers-filled", cells=counts.cells_filled, rows=counts.rows_with_missing)
    if counts.rows_dropped:
        yield problem("answers-left-out", rows=counts.rows_dropped, all=counts.rows)
