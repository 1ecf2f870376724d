"""Results don't depend on how the data happen to be written down."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satisfaction.analyse import analyse
from satisfaction.answers.table import Answers, answers_from
from satisfaction.document import document
from satisfaction.options import Options
from satisfaction.questionnaire.model import Model, Scale

CLOSE = {"rel": 0, "abs": 1e-8}
FIGURES = ("paths", "total_effects", "weights", "loadings", "r2", "alpha", "rho_a", "rho_c", "ave", "index")
QUICK = settings(max_examples=15, deadline=None)


def figures(model, answers, draws=0):
    result = document(analyse(model=model, answers=answers, options=Options(draws=draws)))
    kept = {key: result[key] for key in FIGURES}
    kept["htmt"] = {frozenset(pair.split("|")): value for pair, value in result["htmt"].items()}
    if draws:
        kept["intervals"] = {
            f"{family}:{name}:{end}": cell[end]
            for family in ("paths", "weights", "index")
            for name, cell in result["bootstrap"][family].items()
            for end in ("se", "low", "high")
        }
    return kept


def same(one, other):
    assert one.keys() == other.keys()
    for key in one:
        assert one[key] == pytest.approx(other[key], **CLOSE), key


@pytest.fixture(scope="module")
def expected(small_model, small_answers):
    return figures(small_model, small_answers, draws=40)


@QUICK
@given(st.randoms(use_true_random=False))
def test_order_of_rows(small_model, small_answers, expected, random):
    rows = list(range(small_answers.n))
    random.shuffle(rows)
    same(figures(small_model, small_answers.keep(np.array(rows)), draws=40), expected)


@QUICK
@given(st.randoms(use_true_random=False))
def test_order_of_columns(small_model, small_answers, expected, random):
    order = list(range(len(small_answers.items)))
    random.shuffle(order)
    answers = answers_from(
        model=small_model,
        items=tuple(small_answers.items[place] for place in order),
        values=small_answers.values[:, order],
    )
    same(figures(small_model, answers, draws=40), expected)


@QUICK
@given(st.randoms(use_true_random=False))
def test_order_of_items_constructs_and_causes_in_the_model(small_model, small_answers, expected, random):
    constructs = [(name, list(items)) for name, items in small_model.constructs.items()]
    random.shuffle(constructs)
    for _, items in constructs:
        random.shuffle(items)
    causes = list(small_model.paths["Satisfaction"])
    random.shuffle(causes)
    model = Model(
        constructs={name: tuple(items) for name, items in constructs}, paths={"Satisfaction": tuple(causes)}
    )
    answers = answers_from(model=model, items=small_answers.items, values=small_answers.values)
    same(figures(model, answers, draws=40), expected)


@QUICK
@given(
    st.lists(st.floats(0.01, 100), min_size=13, max_size=13),
    st.lists(st.floats(-1000, 1000), min_size=13, max_size=13),
)
def test_shifting_and_stretching_items(small_model, small_answers, expected, factors, shifts):
    """Each item with its scale, and each by another amount."""
    scales = {
        item: Scale(1 * factor + shift, 10 * factor + shift)
        for item, factor, shift in zip(small_answers.items, factors, shifts, strict=True)
    }
    model = Model(constructs=small_model.constructs, paths=small_model.paths, scales=scales)
    values = small_answers.values.astype(float) * np.array(factors) + np.array(shifts)
    same(figures(model, Answers(small_answers.items, values), draws=40), expected)


def test_renaming(small_model, small_answers, expected):
    items = {item: f"题目{place}" for place, item in enumerate(reversed(small_answers.items))}
    names = dict(zip(small_model.constructs, "WXYZ", strict=True))
    model = Model(
        constructs={
            names[name]: tuple(items[item] for item in own) for name, own in small_model.constructs.items()
        },
        paths={"Z": ("W", "X", "Y")},
    )
    found = figures(model, Answers(tuple(items.values()), small_answers.values), draws=40)
    assert list(found["weights"].values()) == pytest.approx(list(expected["weights"].values()), **CLOSE)
    assert found["paths"]["W->Z"] == pytest.approx(expected["paths"]["Image->Satisfaction"], **CLOSE)
    assert found["intervals"]["index:Z:low"] == pytest.approx(
        expected["intervals"]["index:Satisfaction:low"], **CLOSE
    )


def turned_round(model, answers, items):
    """Answers to the items given on the scale read backwards."""
    values = answers.values.copy()
    for item in items:
        place = answers.items.index(item)
        values[:, place] = 11 - values[:, place]
    return Answers(answers.items, values)


def test_one_item_turned_round_changes_only_its_own_signs(small_model, small_answers, expected):
    found = figures(small_model, turned_round(small_model, small_answers, ["IMAG2"]))
    assert found["paths"] == pytest.approx(expected["paths"], **CLOSE)
    assert found["weights"] == pytest.approx(
        {**expected["weights"], "IMAG2": -expected["weights"]["IMAG2"]}, **CLOSE
    )


def test_the_majority_of_loadings_fixes_the_sign(small_model, small_answers, expected):
    """Three of five items of Image turned round: the construct goes with them, and so does its path."""
    turned = ["IMAG1", "IMAG3", "IMAG5"]
    found = figures(small_model, turned_round(small_model, small_answers, turned))
    assert found["paths"]["Image->Satisfaction"] == pytest.approx(
        -expected["paths"]["Image->Satisfaction"], **CLOSE
    )
    for item in turned:
        assert found["loadings"][item] == pytest.approx(expected["loadings"][item], **CLOSE)
    for item in ("IMAG2", "IMAG4"):
        assert found["loadings"][item] == pytest.approx(-expected["loadings"][item], **CLOSE)
