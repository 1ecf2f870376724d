"""Bad input, one line of the specification after the other, at the command: a place, a reason, never met, no traceback."""

import pytest
from tests.eligibility.cases import SMALL_FILE

from eligibility.cli import main

RULES = """programme: OWN
zh: 自有
en: own
kind: test
versions:
  - version: v1
    effective: 2020-01-01
    state: draft
    require:
      all:
        - {id: a, article: '1', text: t, condition: 'CONDITION'}
"""
CODE = "`; the language has no attributes and no indexing"
OPERATORS = "expected *, +, -, /, a comparison, the end, got "
INSIDE = "expected ), *, +, ,, -, /, a comparison, got "
CONDITIONS = [
    ("sales_y1.real > 1", 62, f"{INSIDE}`.{CODE}"),
    ("niche_years.__class__ == 1", 65, f"{INSIDE}`.{CODE}"),
    ("is_sme[0]", 60, f"{INSIDE}`[{CODE}"),
    ("__import__ > 1", 54, "expected a fact or a name defined above, got `__import__`; see vocabulary.csv"),
    ("print(sales_y1) > 1", 59, f"{OPERATORS}`(`; only min, max, coalesce, when, year, growth can be called"),
    ("for x in is_sme", 58, f"{OPERATORS}`x`; see the page on the language"),
    ("while is_sme", 60, f"{OPERATORS}`is_sme`; see the page on the language"),
    (
        "(" * 10_000 + "is_sme" + ")" * 10_000,
        104,
        "expected at most 50 nested brackets, got more; name a part of it in `let`",
    ),
    ("sales_y1 > " + "9" * 900_000, 54, "expected at most 20000 characters, got 900011; split it"),
    (
        "sales_y1 > " + "9" * 9_000,
        65,
        "expected at most 15 digits and 6 decimals, got 9000 and 0; write the number with 万 or 亿",
    ),
    ("1/0 > sales_y1", 54, "expected a divisor other than 0, got 0"),
    ("sales_y1 / (1 - 1) > 1", 54, "expected a divisor other than 0, got 0"),
    ("sales_y1 > nan", 65, "expected a fact or a name defined above, got `nan`; see vocabulary.csv"),
    ("sales_y1 > inf", 65, "expected a fact or a name defined above, got `inf`; see vocabulary.csv"),
    ("sales_y1 > much", 65, "expected a fact or a name defined above, got `much`; see vocabulary.csv"),
    ("staff_total > 5元", 54, "expected two sides around > of one unit, got a count and money (yuan)"),
    ("registered_on > 2026-02-30", 70, "expected a date such as 2026-01-31, got 2026-02-30"),
]


@pytest.mark.parametrize(
    ("condition", "column", "problem"), CONDITIONS, ids=[f"{c[:20]} {len(c)}" for c, _, _ in CONDITIONS]
)
def test_a_condition_that_cannot_be_meant(tmp_path, capsys, condition, column, problem):
    path = tmp_path / "own.yaml"
    path.write_text(RULES.replace("CONDITION", condition), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().err.splitlines() == [f"{path}:11:{column}: {problem}"]


def test_a_rule_file_of_ten_megabytes(tmp_path, capsys):
    path = tmp_path / "own.yaml"
    path.write_bytes(b"x" * 10_000_000)
    assert main(["check", str(path)]) == 1
    problem = "expected a file of at most 1000000 bytes, got 1000001; split it"
    assert capsys.readouterr().err.splitlines() == [f"{path}: {problem}"]


HEADER = (
    "niche_years,revenue_y1,income_main_y1,income_main_y2,income_main_y3,staff_total,registered_on,is_sme"
)
GOOD = "3,630000,441000,420000,400000,,,"
MONEY = "expected yuan as a plain number with at most two decimals, such as 50000000 or 1234.56, got "
COUNT = "expected a whole number from 0, such as 12, got "
DATE = "expected a date such as 2026-01-31, got "
CELLS = [
    ("3,NaN,441000,420000,400000,,,", "revenue_y1", f"{MONEY}NaN"),
    ("3,inf,441000,420000,400000,,,", "revenue_y1", f"{MONEY}inf"),
    ("3,-Infinity,441000,420000,400000,,,", "revenue_y1", f"{MONEY}-Infinity"),
    ("3,much,441000,420000,400000,,,", "revenue_y1", f"{MONEY}much"),
    ("3,1/0,441000,420000,400000,,,", "revenue_y1", f"{MONEY}1/0"),
    ("3,1e9,441000,420000,400000,,,", "revenue_y1", f"{MONEY}1e9"),
    ("3,六三,441000,420000,400000,,,", "revenue_y1", f"{MONEY}六三"),
    ("3,-1,441000,420000,400000,,,", "revenue_y1", "expected 0 or more, got -1"),
    # a fact of the wrong unit
    ("3,10%,441000,420000,400000,,,", "revenue_y1", f"{MONEY}10%"),
    ("3,63万,441000,420000,400000,,,", "revenue_y1", f"{MONEY}63万"),
    ("3,2026-01-01,441000,420000,400000,,,", "revenue_y1", f"{MONEY}2026-01-01"),
    ("3,630000,441000,420000,400000,100.00元,,", "staff_total", f"{COUNT}100.00元"),
    ("3,630000,441000,420000,400000,,45000,", "registered_on", f"{DATE}45000"),
    ("3,630000,441000,420000,400000,,,2", "is_sme", "expected true or false, got 2"),
    # a date that is none
    ("3,630000,441000,420000,400000,,2026-02-30,", "registered_on", f"{DATE}2026-02-30"),
    ("3,630000,441000,420000,400000,,0000-01-01,", "registered_on", f"{DATE}0000-01-01"),
    ("3,630000,441000,420000,400000,,2026-13-01,", "registered_on", f"{DATE}2026-13-01"),
    (f"3,630000,441000,420000,400000,{'9' * 1_000_000},,", "staff_total", COUNT + "9" * 40),
    (f"3,630000,441000,420000,400000,{'(' * 10_000},,", "staff_total", COUNT + "(" * 40),
]


SMALL_ARGUMENTS = ["--rules", str(SMALL_FILE), "--programme", "SMALL", "--on", "2026-06-15"]
DRAFT = "warning: SMALL@v1 is a draft: figures written from memory are in it"


def evaluated(
    tmp_path, capsys, lines: list[str], encoding: str = "utf-8"
) -> tuple[int, list[str], list[str]]:
    path = tmp_path / "facts.csv"
    path.write_bytes("\n".join([HEADER, *lines]).encode(encoding))
    code = main(["evaluate", str(path), *SMALL_ARGUMENTS])
    captured = capsys.readouterr()
    draft, *errors = captured.err.splitlines()
    assert draft == DRAFT
    return code, [line.split("\t")[3] for line in captured.out.splitlines()[1:]], errors


@pytest.mark.parametrize(("line", "column", "problem"), CELLS, ids=[line[:40] for line, _, _ in CELLS])
def test_an_unusable_cell_has_its_place_and_the_rest_is_evaluated(tmp_path, capsys, line, column, problem):
    code, verdicts, errors = evaluated(tmp_path, capsys, [GOOD, line, GOOD])
    assert (code, verdicts) == (1, ["met", "unknown", "met"])
    assert errors == [f"error: row 2, column {column}: {problem}"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_places_are_the_same_in_every_encoding(tmp_path, capsys, encoding):
    bad = "3,六十三,441000,420000,400000,,,"
    code, verdicts, errors = evaluated(tmp_path, capsys, [GOOD, bad, GOOD], encoding)
    assert (code, verdicts) == (1, ["met", "unknown", "met"])
    assert errors == [f"error: row 2, column revenue_y1: {MONEY}六十三"]


def test_division_by_a_fact_of_zero_is_no_ratio_and_no_error(tmp_path, capsys):
    assert evaluated(tmp_path, capsys, ["3,0,0,420000,400000,,,", GOOD]) == (0, ["not_met", "met"], [])


def test_a_facts_file_of_more_than_ten_megabytes(tmp_path, capsys):
    # Long notes in a column nobody knows; Chinese, so that characters lie across every block that is read.
    note = "备注" * 2000
    path = tmp_path / "facts.csv"
    path.write_text(f"备注,{HEADER}\n" + f"{note},{GOOD}\n" * 900, encoding="utf-8")
    assert path.stat().st_size > 10_000_000
    assert main(["evaluate", str(path), *SMALL_ARGUMENTS]) == 0
    captured = capsys.readouterr()
    assert [line.split("\t")[3] for line in captured.out.splitlines()[1:]] == ["met"] * 900
    assert captured.err.splitlines() == ["warning: unknown columns, not read: 备注", DRAFT]
