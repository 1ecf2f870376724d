"""Results as a JSON document."""

from collections.abc import Callable
from typing import Any

from satisfaction.analysis import Analysis
from satisfaction.arrays import FloatArray
from satisfaction.groups.comparison import Comparison, GroupReport
from satisfaction.naming import (
    Named,
    by_arrow,
    by_chain,
    by_construct,
    by_effect,
    by_item,
    by_item_and_construct,
    by_pair,
    number,
)
from satisfaction.pls.effects import indirect_effects, total_effects
from satisfaction.pls.layout import Layout
from satisfaction.problems import Problem
from satisfaction.resample.intervals import Spread
from satisfaction.strategy import Matrix, Point
from satisfaction.texts import DEFAULT_LANGUAGE

Document = dict[str, Any]
Namer = Callable[[FloatArray, Layout], Named]

# how each family of bootstrapped results is named
NAMERS: dict[str, Namer] = {
    "paths": by_arrow,
    "total_effects": by_chain,
    "weights": by_item,
    "loadings": by_item,
    "r2": by_effect,
    "index": by_construct,
}

_MODEL_KEYS = (
    *NAMERS.keys() - {"index"},
    *("indirect_effects", "cross_loadings", "r2_adjusted", "alpha", "alpha_raw", "rho_a", "rho_c", "ave"),
    *("htmt", "fornell_larcker", "vif"),
)


def document(result: Analysis, language: str = DEFAULT_LANGUAGE) -> Document:
    """Every figure of an analysis; what a model would have given is empty where there is none."""
    return {
        "n": result.n,
        "missing": vars(result.completeness),
        "conventions": conventions(result),
        **_model_part(result),
        "index": by_construct(result.index.estimate, result.layout),
        "index_interval": interval(result.index, by_construct, result.layout),
        "bootstrap": _bootstrap_part(result),
        "groups": None if result.groups is None else _groups_part(result.groups, result.layout),
        "warnings": [problem_part(warning, language) for warning in result.warnings],
    }


def problem_part(problem: Problem, language: str) -> Document:
    return {"name": problem.name, "text": problem.text(language), "do": problem.remedy(language)}


def conventions(result: Analysis) -> Document:
    """The choices the figures depend on."""
    options = result.options
    return {
        "index_weights": options.index_weights.value,
        "missing": options.missing.value,
        "interval": options.interval.value if result.bootstrap else "formula",
        "confidence": options.confidence,
        "plsc": options.plsc,
        "tolerance": options.iteration.tolerance,
        "floor": options.floor,
        "target": result.layout.model.target,
    }


def _model_part(result: Analysis) -> Document:
    layout, estimates, quality = result.layout, result.estimates, result.quality
    head = {"scheme": result.options.iteration.scheme.value}
    if estimates is None or quality is None:
        return {**head, "iterations": 0, **{key: {} for key in _MODEL_KEYS}, "matrix": None}
    effects = {
        "total_effects": total_effects(estimates.paths)[0],
        "indirect_effects": indirect_effects(estimates.paths)[0],
    }
    return {
        **head,
        "iterations": int(estimates.iterations[0]),
        "paths": by_arrow(estimates.paths[0], layout),
        **{name: by_chain(table, layout) for name, table in effects.items()},
        "weights": by_item(estimates.weights[0], layout),
        "loadings": by_item(estimates.loadings[0], layout),
        "cross_loadings": by_item_and_construct(estimates.crossed[0], layout),
        "r2": by_effect(estimates.r2[0], layout),
        "r2_adjusted": by_effect(quality.adjusted_r2, layout),
        "alpha": by_construct(quality.alpha, layout),
        "alpha_raw": by_construct(quality.alpha_raw, layout),
        "rho_a": by_construct(quality.rho_a, layout),
        "rho_c": by_construct(quality.rho_c, layout),
        "ave": by_construct(quality.ave, layout),
        "htmt": by_pair(quality.htmt, layout),
        "fornell_larcker": {
            name: by_construct(row, layout)
            for name, row in zip(layout.constructs, quality.fornell_larcker, strict=True)
        },
        "vif": by_item(quality.vif, layout),
        "matrix": None if result.matrix is None else _matrix_part(result.matrix),
    }


def _matrix_part(matrix: Matrix) -> Document:
    return {
        "target": matrix.target,
        "importance_cut": matrix.importance_cut,
        "performance_cut": matrix.performance_cut,
        "constructs": {point.name: _point_part(point) for point in matrix.points},
        "items": {point.name: _point_part(point) for point in matrix.items},
    }


def _point_part(point: Point) -> Document:
    return {
        "importance": number(point.importance),
        "performance": number(point.performance),
        "quadrant": point.quadrant.value,
    }


def interval(spread: Spread, namer: Namer, layout: Layout) -> Document:
    """name → estimate, mean of the draws, standard error, ends of the interval."""
    columns = {
        "estimate": namer(spread.estimate, layout),
        "mean": namer(spread.mean, layout),
        "se": namer(spread.error, layout),
        "low": namer(spread.low, layout),
        "high": namer(spread.high, layout),
    }
    return {name: {key: column[name] for key, column in columns.items()} for name in columns["estimate"]}


def _bootstrap_part(result: Analysis) -> Document | None:
    drawn = result.bootstrap
    if drawn is None:
        return None
    families = {name: interval(result.spreads[name], namer, result.layout) for name, namer in NAMERS.items()}
    return {"draws": drawn.draws, "failed": drawn.failed, "seed": drawn.seed, **families}


def _groups_part(report: GroupReport, layout: Layout) -> Document:
    return {
        "shown": {
            group.name: {"n": group.n, "index": interval(group.index, by_construct, layout)}
            for group in report.groups
        },
        "hidden": report.hidden,
        "comparisons": [_comparison_part(comparison, layout) for comparison in report.comparisons],
    }


def _comparison_part(comparison: Comparison, layout: Layout) -> Document:
    constructs = len(layout.constructs)
    keys = [*layout.constructs, *(f"{cause}->{effect}" for cause, effect in layout.model.arrows)]
    cells = [
        {"difference": number(difference), "p": number(p_value), "p_holm": number(adjusted)}
        for difference, p_value, adjusted in zip(
            comparison.test.difference, comparison.test.p_value, comparison.adjusted, strict=True
        )
    ]
    return {
        "first": comparison.first,
        "second": comparison.second,
        "permutations": comparison.test.draws,
        "index": dict(zip(keys[:constructs], cells[:constructs], strict=True)),
        "paths": dict(zip(keys[constructs:], cells[constructs:], strict=False)),
    }
