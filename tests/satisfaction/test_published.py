"""mobi.csv gives what seminr, semPLS and SmartPLS published for it."""

import numpy as np
import pytest

from satisfaction.analyse import analyse
from satisfaction.document import document
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration

CLOSE = {"rel": 0, "abs": 1e-6}


def results(model, answers, scheme, **options):
    return document(
        analyse(model=model, answers=answers, options=Options(iteration=Iteration(scheme), **options))
    )


@pytest.fixture(scope="module")
def small(small_model, small_answers):
    return results(small_model, small_answers, Scheme.PATH)


@pytest.fixture(scope="module")
def full(full_model, full_answers):
    return results(full_model, full_answers, Scheme.CENTROID)


def test_paths_of_the_small_model(small, published):
    expected = published["mobi4"]["path_weighting"]["path"]
    assert small["paths"] == pytest.approx(
        {f"{cause}->Satisfaction": value for cause, value in expected.items()}, **CLOSE
    )


def test_weights_of_the_small_model(small, published):
    assert small["weights"] == pytest.approx(published["mobi4"]["path_weighting"]["weight"], **CLOSE)


def test_r2_of_the_small_model(small, published):
    expected = published["mobi4"]["path_weighting"]
    assert small["r2"] == pytest.approx({"Satisfaction": expected["R2"]}, **CLOSE)
    assert small["r2_adjusted"] == pytest.approx({"Satisfaction": expected["adjR2"]}, **CLOSE)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("alpha", "alpha"), ("rho_a", "rhoA"), ("rho_c", "rhoC"), ("ave", "AVE")]
)
def test_reliability_of_the_small_model(small, published, ours, theirs):
    expected = {name: row[theirs] for name, row in published["mobi4"]["reliability"].items()}
    assert small[ours] == pytest.approx(expected, **CLOSE)


def test_htmt_of_the_small_model(small, published):
    expected = {pair.replace("~", "|"): value for pair, value in published["mobi4"]["htmt"].items()}
    assert small["htmt"] == pytest.approx(expected, **CLOSE)


def test_fornell_larcker_of_the_small_model(small, published):
    roots = published["mobi4"]["fornell_larcker_sqrtAVE_diag"]
    for name, row in published["mobi4"]["construct_cors"].items():
        assert small["fornell_larcker"][name] == pytest.approx({**row, name: roots[name]}, **CLOSE)


def test_item_vif_of_the_small_model(small, published):
    expected = {key.split("*")[1]: value for key, value in published["mobi4"]["vif_items"].items()}
    assert small["vif"] == pytest.approx(expected, **CLOSE)


def test_factorial_scheme(small_model, small_answers, published):
    expected = published["mobi4"]["factorial"]["path"]
    found = results(small_model, small_answers, Scheme.FACTORIAL)
    assert found["paths"] == pytest.approx(
        {f"{cause}->Satisfaction": value for cause, value in expected.items()}, **CLOSE
    )


def test_consistent_pls(small_model, small_answers, published):
    expected = published["mobi4"]["plsc_factorial"]
    found = results(small_model, small_answers, Scheme.FACTORIAL, plsc=True)
    assert found["paths"] == pytest.approx(
        {f"{cause}->Satisfaction": value for cause, value in expected["path"].items()}, **CLOSE
    )
    assert found["r2"] == pytest.approx({"Satisfaction": expected["R2"]}, **CLOSE)
    assert found["rho_a"] == pytest.approx(expected["rhoA"], **CLOSE)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        *(("paths", "path"), ("total_effects", "total_effect")),
        *(("weights", "outer_weight"), ("loadings", "loading")),
    ],
)
def test_the_full_model(full, published, ours, theirs):
    assert full[ours] == pytest.approx(published["ecsi_centroid"]["centroid"][theirs], **CLOSE)


def test_cross_loadings_of_the_full_model(full, published):
    expected = published["ecsi_centroid"]["centroid"]["cross_loading"]
    assert set(full["cross_loadings"]) == set(expected)
    for item, row in expected.items():
        assert full["cross_loadings"][item] == pytest.approx(row, **CLOSE)


@pytest.mark.parametrize(
    ("convention", "expected"), [("unstandardised", 72.45), ("standardised", 71.78), ("equal", 71.97)]
)
def test_the_index_by_each_convention(full_model, full_answers, convention, expected):
    found = results(full_model, full_answers, Scheme.PATH, index_weights=convention)
    assert round(found["index"]["Satisfaction"], 2) == expected


def test_the_index_from_published_weights(small, small_answers, published):
    """Outer weight over item deviation, normalised, times the item means."""
    weights = published["mobi4"]["path_weighting"]["weight"]
    own = [small_answers.items.index(item) for item in ("CUSA1", "CUSA2", "CUSA3")]
    values = small_answers.values[:, own].astype(float)
    share = np.array([weights[small_answers.items[place]] for place in own]) / values.std(axis=0, ddof=1)
    mean = (share * values.mean(axis=0)).sum() / share.sum()
    assert small["index"]["Satisfaction"] == pytest.approx(100 * (mean - 1) / 9, abs=1e-5)
