"""Whatever is wrong with the input, the command answers with a name and what to do: never a traceback."""

import json
import re

import pytest
from tests.satisfaction.conftest import DATA

from satisfaction.cli import main

MODEL = "constructs: {A: [a1, a2], B: [b1, b2]}\npaths: {B: [A]}\n"
HEADER = "a1,a2,b1,b2"
ROWS = [
    f"{1 + i % 10},{1 + (i * 3 + i // 7) % 10},{1 + (i * i) % 10},{1 + (i * 7 + i // 5) % 10}"
    for i in range(40)
]


def table(rows=ROWS, header=HEADER):
    return "\n".join([header, *rows]) + "\n"


def with_row(place, row):
    return table([*ROWS[:place], row, *ROWS[place + 1 :]])


def columns(*change):
    """The table with columns computed from the others."""
    rows = [[int(cell) for cell in row.split(",")] for row in ROWS]
    return table([",".join(str(work(row)) for work in change) for row in rows])


def a1(row):
    return row[0]


def a2(row):
    return row[1]


def b1(row):
    return row[2]


def b2(row):
    return row[3]


GOOD = table()
BAD_MODELS = {
    "model-not-yaml": "constructs: [unclosed",
    "model-form": "constructs: {A: a1}",
    "model-unknown-key": MODEL + "path: {B: [A]}",
    "model-key-twice": "constructs: {A: [a1]}\nconstructs: {B: [b1]}",
    "model-empty": "scale: [1, 10]",
    "construct-without-items": "constructs: {A: [], B: [b1]}\npaths: {B: [A]}",
    "item-in-two-constructs": "constructs: {A: [a1, a2], B: [a2, b2]}\npaths: {B: [A]}",
    "item-twice": "constructs: {A: [a1, a1], B: [b2]}\npaths: {B: [A]}",
    "unknown-construct": "constructs: {A: [a1], B: [b1]}\npaths: {B: [A, C]}",
    "unknown-item": MODEL + "scales: {c1: [0, 5]}",
    "unknown-mode": MODEL + "modes: {A: C}",
    "bad-scale": MODEL + "scale: [10, 1]",
    "bad-name": "constructs: {A|C: [a1], B: [b1]}\npaths: {B: [A|C]}",
    "cause-twice": "constructs: {A: [a1], B: [b1]}\npaths: {B: [A, A]}",
    "unconnected-construct": "constructs: {A: [a1], B: [b1], C: [a2]}\npaths: {B: [A]}",
    "model-cycle": "constructs: {A: [a1], B: [b1], C: [a2]}\npaths: {B: [A], C: [B], A: [C]}",
}
OTHER_BAD_MODELS = [
    ("model-form", "just words"),
    ("model-form", "- a\n- list"),
    ("model-form", MODEL + "scale: 10"),
    ("model-form", MODEL + "scale: [yes, 10]"),
    ("model-form", MODEL + "scale: [1, 5, 10]"),
    ("model-form", "constructs: {yes: [a1], B: [b1]}\npaths: {B: [yes]}"),
    ("model-form", "constructs: {A: [1.10], B: [b1]}\npaths: {B: [A]}"),
    ("model-not-yaml", "a: 2024-99-99"),
    ("model-not-yaml", "[" * 5000),
    ("model-not-yaml", "? {a: 1}\n: 2"),
    ("bad-scale", MODEL + "scale: [1, .inf]"),
    ("model-cycle", "constructs: {A: [a1], B: [b1]}\npaths: {B: [A, B]}"),
    ("unconnected-construct", "constructs: {A: [a1], B: [b1]}"),
]
BAD_ANSWERS = {
    "no-answers": HEADER + "\n",
    "missing-column": table(header="a1,a2,b1,x"),
    "column-twice": table(["1,1,1,1,1"] * 40, header="a1,a2,b1,b2,a1"),
    "ragged-row": with_row(9, "1,2,3"),
    "answer-not-a-number": with_row(9, "1,2,very,4"),
    "answer-off-scale": with_row(9, "1,2,11,4"),
    "item-without-answers": table([row[: row.rindex(",") + 1] for row in ROWS]),
    "constant-item": columns(a1, lambda _: 5, b1, b2),
    "collinear-items": columns(a1, lambda row: 11 - row[0], b1, b2),
    "fewer-answers-than-items": table(ROWS[:2]),
    "too-few-to-show": table(ROWS[:4]),
    "no-complete-answers": table([",1,1,1", "1,,1,1", ",,1,1"] * 20),
}
OTHER_BAD_ANSWERS = [
    ("missing-column", ""),
    ("missing-column", "\n\n\n"),
    ("answer-off-scale", with_row(39, "0,2,3,4")),
    ("answer-off-scale", with_row(0, "inf,2,3,4")),
    ("answer-off-scale", with_row(0, "1,2,3,1e300")),
    ("answers-malformed", with_row(5, '"' + "x" * 200_000 + '",1,2,3')),
    ("constant-item", columns(lambda _: 1, lambda _: 2, lambda _: 3, lambda _: 4)),
]


def run(tmp_path, capsys, model=MODEL, answers=GOOD, *extra):
    (tmp_path / "model.yaml").write_text(model, encoding="utf-8")
    path = tmp_path / "answers.csv"
    path.write_bytes(answers if isinstance(answers, bytes) else answers.encode())
    code = main(["analyse", str(path), "--model", str(tmp_path / "model.yaml"), "--json", *extra])
    printed = capsys.readouterr()
    return code, json.loads(printed.out), printed.err


def refused(result, name):
    """Not zero, the name, and sentences in Chinese on both channels; no blank left unfilled."""
    code, printed, words = result
    assert code == 1
    assert printed["error"]["name"] == name
    for sentence in (printed["error"]["text"], printed["error"]["do"]):
        assert re.search("[\u4e00-\u9fff]", sentence)
        assert sentence in words
    assert words.startswith(f"{name}: ")


def test_the_good_input_these_cases_spoil_is_good(tmp_path, capsys):
    code, printed, words = run(tmp_path, capsys)
    assert (code, words, printed["n"]) == (0, "", 40)


@pytest.mark.parametrize(("name", "model"), [*BAD_MODELS.items(), *OTHER_BAD_MODELS])
def test_bad_models(tmp_path, capsys, name, model):
    refused(run(tmp_path, capsys, model), name)


@pytest.mark.parametrize(("name", "answers"), [*BAD_ANSWERS.items(), *OTHER_BAD_ANSWERS])
def test_bad_answers(tmp_path, capsys, name, answers):
    rule = ("--missing", "casewise") if name == "no-complete-answers" else ()
    refused(run(tmp_path, capsys, MODEL, answers, *rule), name)


def test_an_encoding_nobody_knows(tmp_path, capsys):
    refused(run(tmp_path, capsys, MODEL, b"\xff\xff\xff\xff"), "answers-encoding")


def test_collinear_constructs(tmp_path, capsys):
    """Two causes of one construct measured by the same answers under two names."""
    model = "constructs: {A: [a1], C: [a2], B: [b1]}\npaths: {B: [A, C]}"
    refused(run(tmp_path, capsys, model, columns(a1, a1, b1, b2)), "collinear-constructs")


@pytest.mark.parametrize("scheme", ["path", "factorial", "centroid"])
def test_no_convergence(tmp_path, capsys, scheme):
    extra = ("--max-iterations", "1", "--scheme", scheme)
    refused(run(tmp_path, capsys, MODEL, GOOD, *extra), "no-convergence")


def test_reliability_that_cannot_be_corrected_for(tmp_path, capsys):
    """PLSc divides by √ρA. Two items that share e but differ by u have ρA < 0 where u varies more."""
    model = "constructs: {A: [a1, a2], B: [b1]}\npaths: {B: [A]}"
    opposed = table(
        [f"{5 + u + e},{5 - u + e},{5 + e},1" for u in range(-3, 4) for e in (-1, 0, 1) for _ in range(2)]
    )
    refused(run(tmp_path, capsys, model, opposed, "--plsc"), "improper-reliability")


def test_a_construct_unrelated_to_its_neighbours(tmp_path, capsys):
    """B is the difference of two independent items of equal variance, so it is unrelated to their sum."""
    model = "constructs: {A: [a1, a2], B: [b1]}\npaths: {B: [A]}"
    rows = [f"{5 + u},{5 + v},{5 + u - v},1" for u in (-2, -1, 0, 1, 2) for v in (-2, -1, 0, 1, 2)]
    refused(run(tmp_path, capsys, model, table(rows * 2)), "no-convergence")


DIFFERENCE = table([f"{5 + u},{8 + v},{5 + u - v},1" for u in (-2, -1, 0, 1, 2) for v in (-2, -1, 0, 1)] * 2)


def test_weights_that_cancel_out(tmp_path, capsys):
    """B = u − v, so the weights per point of u and of v are equal and opposite."""
    model = "constructs: {A: [a1, a2], B: [b1]}\npaths: {B: [A]}"
    refused(run(tmp_path, capsys, model, DIFFERENCE), "weights-cancel")


def test_an_index_beyond_its_scale_is_shown_with_a_warning(tmp_path, capsys):
    """The same with standardised weights, √2 and −√1.25: their weighted mean of 5 and 7.5 is below 1."""
    model = "constructs: {A: [a1, a2], B: [b1]}\npaths: {B: [A]}"
    code, printed, _ = run(tmp_path, capsys, model, DIFFERENCE, "--index-weights", "standardised")
    mean = (2**0.5 * 5 - 1.25**0.5 * 7.5) / (2**0.5 - 1.25**0.5)
    assert code == 0
    assert printed["index"]["A"] == pytest.approx(100 * (mean - 1) / 9)
    assert "index-off-range" in [warning["name"] for warning in printed["warnings"]]


def test_groups_that_are_not_there(tmp_path, capsys):
    grouped = table([row + ",北" for row in ROWS], HEADER + ",组")
    refused(run(tmp_path, capsys, MODEL, grouped, "--group", "部门"), "missing-column")
    refused(run(tmp_path, capsys, MODEL, grouped, "--group", "组", "--compare", "南", "北"), "empty-group")
    blank = table([row + "," for row in ROWS], HEADER + ",组")
    refused(run(tmp_path, capsys, MODEL, blank, "--group", "组"), "empty-group")


def test_groups_that_may_not_be_shown(tmp_path, capsys):
    grouped = table([f"{row},{place // 4}" for place, row in enumerate(ROWS)], HEADER + ",组")
    refused(run(tmp_path, capsys, MODEL, grouped, "--group", "组"), "no-group-to-show")


@pytest.mark.parametrize(
    "extra",
    [
        *(("--bootstrap", "1"), ("--bootstrap", "-5"), ("--seed", "-1"), ("--workers", "-1")),
        *(("--confidence", "1"), ("--confidence", "nan"), ("--floor", "0"), ("--permutations", "0")),
        *(("--tolerance", "0"), ("--max-iterations", "0")),
    ],
)
def test_bad_options(tmp_path, capsys, extra):
    refused(run(tmp_path, capsys, MODEL, GOOD, *extra), "bad-option")


@pytest.mark.parametrize(
    "extra", [("--scheme", "best"), ("--bootstrap", "many"), ("--wrong",), ("--report", "x.html")]
)
def test_bad_commands(tmp_path, capsys, extra):
    refused(run(tmp_path, capsys, MODEL, GOOD, *extra), "bad-command")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bad-command", []),
        ("bad-command", ["measure"]),
        ("bad-command", ["plan", "--population", "many"]),
        ("bad-option", ["plan", "--population", "0"]),
        ("bad-option", ["plan", "--error", "0"]),
        ("bad-option", ["plan", "--error", "5"]),
        ("bad-option", ["plan", "--confidence", "95"]),
        ("bad-option", ["plan", "--response-rate", "0"]),
        ("file-not-readable", ["analyse", "nowhere.csv", "--model", "nowhere.yaml"]),
        ("file-not-readable", ["analyse", "nowhere.csv"]),
        ("file-not-readable", ["analyse", str(DATA)]),
    ],
)
def test_bad_commands_without_json(capsys, name, words):
    assert main(words) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{name}: ")


def test_a_report_that_cannot_be_written(tmp_path, capsys):
    target = tmp_path / "no" / "such" / "folder.html"
    answers = ["analyse", str(DATA / "mobi.csv"), "--model", str(DATA / "mobi4.yaml"), "--bootstrap", "0"]
    assert main([*answers, "--report", str(target)]) == 1
    assert capsys.readouterr().err.startswith("file-not-writable: ")


def test_an_improper_solution_is_shown_with_a_warning(tmp_path, capsys):
    """Both causes nearly coincide after the correction: correlations above 1 are named."""
    model = (DATA / "mobi.yaml").read_text().replace("[CUSL1, CUSL2, CUSL3]", "[CUSL2, CUSL3]")
    code, printed, _ = run(tmp_path, capsys, model, (DATA / "mobi.csv").read_text(), "--plsc")
    named = {warning["name"]: warning for warning in printed["warnings"]}
    assert code == 0
    beyond = [pair for pair, value in printed["htmt"].items() if value > 1]
    assert "Satisfaction|Loyalty" in beyond
    for pair in beyond:
        assert f"HTMT {pair.replace('|', '–')}" in named["improper-solution"]["text"]


def test_the_same_in_english(tmp_path, capsys):
    code, printed, words = run(tmp_path, capsys, BAD_MODELS["model-cycle"], GOOD, "--lang", "en")
    assert code == 1
    assert printed["error"]["text"] == "The arrows of the model go round in a cycle: B → C → A → B."
    assert "Take one arrow out of the cycle." in words
