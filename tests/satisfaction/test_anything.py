"""Whatever comes in, there is an answer: results without NaN, or a problem with a name."""

import json
import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from satisfaction import (
    Iteration,
    Options,
    SatisfactionError,
    Scheme,
    analyse,
    answers_from,
    document,
    model_from,
    report,
)
from satisfaction.cli import main
from satisfaction.texts import data_file

MANY = settings(max_examples=80, deadline=None)
MODEL = "constructs: {A: [a, b], B: [c, d], C: [e]}\npaths: {B: [A], C: [A, B]}\n"
HEADER = "a,b,c,d,e,g"


def answer(model, answers, *words):
    """What the command says as JSON; anything but an answer with a name fails in here."""
    out = StringIO()
    with TemporaryDirectory() as folder:
        paths = Path(folder, "model.yaml"), Path(folder, "answers.csv")
        for path, content in zip(paths, (model, answers), strict=True):
            path.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
        with redirect_stdout(out), redirect_stderr(StringIO()):
            code = main(["analyse", str(paths[1]), "--model", str(paths[0]), "--json", *words])
    said = json.loads(out.getvalue())
    assert (code, "error" in said) in {(0, False), (1, True)}
    if code:
        assert said["error"]["name"] in data_file("problems.yaml")
    return said


@MANY
@given(st.one_of(st.text(), st.binary()))
def test_any_model_file(content):
    answer(content, f"{HEADER}\n1,2,3,4,5,x\n")


@MANY
@given(st.one_of(st.text(), st.binary()))
def test_any_answers(content):
    answer(MODEL, content)


@MANY
@given(st.one_of(st.text(), st.binary()))
def test_any_rows_under_a_good_header(content):
    content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    answer(MODEL, HEADER.encode() + b"\n" + content)


values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from("ABCabcde"), st.text(max_size=3)
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ABCabcde"), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["constructs", "paths", "modes", "scale", "scales", "target", "labels", "questions", "title"]
)


@MANY
@given(st.dictionaries(KEYS, values, max_size=5))
def test_any_values_under_known_keys(content):
    answer(json.dumps(content), f"{HEADER}\n1,2,3,4,5,x\n")


@st.composite
def tables(draw):
    """Answers that may be few, constant, collinear, missing or off the scale."""
    n = draw(st.sampled_from([1, 3, 6, 30, 40]))
    cell = st.sampled_from(draw(st.sampled_from(["5", "12", "123456789", "1234567890", ["1", "10", ""]])))
    columns = [draw(st.lists(cell, min_size=n, max_size=n)) for _ in range(5)]
    for one, other in draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=2)):
        columns[one] = columns[other]
    groups = draw(st.lists(st.sampled_from(["x", "y", "z", ""]), min_size=n, max_size=n))
    rows = zip(*columns, groups, strict=True)
    return "\n".join([HEADER, *(",".join(row) for row in rows)])


WORDS = st.sampled_from(["--plsc", "--bootstrap=4", "--group=g", "--missing=casewise", "--scheme=centroid"])
MODES = st.sampled_from(["", "modes: {A: B}", "modes: {A: B, B: B, C: B}"])


@settings(max_examples=100, deadline=None)
@given(tables(), MODES, st.sets(WORDS))
def test_any_table_of_answers(table, modes, words):
    said = answer(MODEL + modes, table, "--permutations=4", *words)
    if "error" not in said and said["paths"]:
        assert all(isinstance(value, float) for value in said["paths"].values())
        assert all(isinstance(value, float) for value in said["index"].values())


@st.composite
def surveys(draw):
    """A model and answers to it that have something to do with each other, if barely."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    names = "ABCDE"[: draw(st.integers(2, 5))]
    blocks = {name: [f"{name}{place}" for place in range(rng.integers(1, 4))] for name in names}
    paths = {
        effect: [cause for cause in names[:place] if rng.random() < 0.6] for place, effect in enumerate(names)
    }
    modes = {name: "B" for name in names if rng.random() < 0.2}
    n, top = int(rng.choice([31, 40, 60])), int(rng.choice([2, 3, 5, 10]))
    factors = rng.normal(size=(n, len(names)))
    columns = [
        factors[:, place] * rng.choice([0, 0.5, 1, 5, -1]) + rng.normal(size=n) * rng.choice([0, 0.1, 1])
        for place, name in enumerate(names)
        for _ in blocks[name]
    ]
    values = np.clip(np.round((np.column_stack(columns) + 3) / 6 * (top - 1)) + 1, 1, top)
    if rng.random() < 0.3:
        values[rng.random(values.shape) < 0.05] = np.nan
    model = {"constructs": blocks, "paths": paths, "scale": [1, top], "modes": modes}
    return model, values, rng.choice(["x", "y"], n) if rng.random() < 0.3 else None


@settings(max_examples=100, deadline=None)
@given(surveys(), st.booleans(), st.sampled_from([0, 10]), st.sampled_from(list(Scheme)))
def test_any_survey_has_a_report_or_a_named_problem(survey, plsc, draws, scheme):
    content, values, groups = survey
    options = Options(plsc=plsc, draws=draws, permutations=4, iteration=Iteration(scheme))
    try:
        model = model_from(content)
        answers = answers_from(model=model, items=model.items, values=values, groups=groups)
        result = analyse(model=model, answers=answers, options=options)
    except SatisfactionError as error:
        assert error.problem.name in data_file("problems.yaml")
        return
    said = json.dumps(document(result), allow_nan=False)
    assert report(result).endswith("</html>\n")
    if re.search(r'"(rho_a|htmt)": {[^}]*null', said):
        assert "improper-solution" in said
