"""Facts files met in practice, each with the verdict that is right, worked by hand; and others of its kind.

On 2026-06-15 the last full fiscal year (y1) is 2025. Scores of HNTE: IP + transformation + management + growth of net
assets + growth of sales, met above 70. Scores of TSME: staff + the better of two R&D ratios + IP, met from 60.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.eligibility.cases import ON

from eligibility import evaluate, find_version, read_facts
from eligibility.bulk import MET, evaluate_bulk, table_of_facts
from eligibility.cli import main
from eligibility.facts_file import open_facts

CASES = Path(__file__).parents[1] / "cases" / "eligibility"


def told(capsys, path: Path, code: str) -> tuple[dict, list[str]]:
    """The record of the only row by the command, and what it complains of."""
    status = main(["evaluate", str(path), "--programme", code, "--on", str(ON), "--json"])
    captured = capsys.readouterr()
    [record] = [json.loads(line) for line in captured.out.splitlines()]
    errors = [line for line in captured.err.splitlines() if line.startswith("error: ")]
    assert status == (1 if errors else 0)
    return record, errors


@pytest.mark.parametrize(
    ("name", "verdict", "score"),
    [
        # 25 + 20 + 12 + 8, and sales after a first year of zero: 40 / 30 - 1 = 33.3 %, 7-8
        ("hnte-first-year-zero", "met", [72, 73]),
        # 24 + 20 + 13 + 8, and 0 for sales after a second year of zero
        ("hnte-second-year-zero", "not_met", [65, 65]),
        # 25 + 20 + 12, net assets 16.5 / 12.8 - 1 = 28.9 % and sales 33.3 % over the two years there were: 7-8 each
        ("hnte-two-years-old", "met", [71, 73]),
        # 22 + 20 + 12 + 9 for sales; losses of 1, 2 and 4 million are no growth
        ("hnte-negative-net-assets", "not_met", [63, 63]),
        # 20 + 12; no sales, so R&D by costs alone: 110,000 / 1,000,000 = 11 %, 10
        ("tsme-no-sales-yet", "not_met", [42, 42]),
        # 30 of 100 staff: 20; R&D 3 of 40 million = 7.5 %: 50; four of class II: 24
        ("tsme-plain-letter-headings", "met", [94, 94]),
    ],
)
def test_the_right_verdict(capsys, name, verdict, score):
    record, errors = told(capsys, CASES / f"{name}.csv", name[:4].upper())
    assert (record["verdict"], record["score"], errors, record["missing"]) == (verdict, score, [], [])


def test_points_outside_a_band_of_nothing_are_an_error(capsys):
    record, errors = told(capsys, CASES / "hnte-second-year-zero-entered-9.csv", "HNTE")
    assert record["verdict"] == "unknown"
    [error] = errors
    assert "column hnte_growth_sales: expected 0 points by the counts for hnte_growth_sales, got 9" in error


@pytest.mark.parametrize(
    ("name", "problems"),
    [
        (
            "tsme-part-above-whole",
            [
                "column 科技人员数: expected at most staff_total, which is 100, got 300",
                "column 研究开发费用(上一年): expected at most cost_expense_y1, which is 38000000, got 3000000000",
            ],
        ),
        (
            "hnte-part-above-whole",
            [
                "column 高新技术产品(服务)收入: expected at most income_total_y1, which is 41000000, got 80000000",
                (
                    "column 境内研究开发费用(近三年合计): expected at most rd_expense_y1 + rd_expense_y2 + "
                    "rd_expense_y3, which is 6500000, got 70000000"
                ),
            ],
        ),
    ],
)
def test_a_part_above_its_whole_is_an_error_and_never_met(capsys, name, problems):
    record, errors = told(capsys, CASES / f"{name}.csv", name[:4].upper())
    assert record["verdict"] == "unknown"
    assert errors == [f"error: row 1, {problem}; correct one of them" for problem in problems]


def test_ten_thousands_taken_for_yuan_are_no_clean_met(capsys):
    record, errors = told(capsys, CASES / "tsme-ten-thousands-as-yuan.csv", "TSME")
    assert errors == []
    doubts = [warning for warning in record["warnings"] if "万元" in warning]
    assert [doubt.split(" if ")[0] for doubt in doubts] == [
        "成本费用支出总额: 28000 yuan with 300 people;",
        "销售收入(上一年): 30000 yuan with 300 people;",
        "资产总额: 45000 yuan with 300 people;",
    ]


UNITS = {
    "销售收入(上一年)": "销售收入(上一年)(万元)",
    "研究开发费用(上一年)": "研究开发费用（上一年）（单位：万元）",
    "成本费用支出总额": "成本费用支出总额【万元】",
    "资产总额": "资产总额 (万元)",
    "职工总数": "职工总数(人)",
}


def test_a_heading_that_says_its_unit_is_read_so(capsys, tmp_path):
    # 100 of 300 staff: 20; R&D 1,800 of 30,000: 6 %, 50; 24. But sales of 300 and assets of 450 million are too large.
    text = (CASES / "tsme-ten-thousands-as-yuan.csv").read_text(encoding="utf-8")
    for plain, with_unit in UNITS.items():
        text = text.replace(plain, with_unit)
    path = tmp_path / "facts.csv"
    path.write_text(text, encoding="utf-8")
    record, errors = told(capsys, path, "TSME")
    assert (record["verdict"], record["score"], errors) == ("not_met", [94, 94], [])
    failed = [entry["id"] for entry in record["conditions"] if entry["verdict"] == "not_met"]
    assert failed[:2] == ["sales_limit", "assets_limit"]
    assert [warning for warning in record["warnings"] if "万元" in warning] == []
    [reading] = open_facts(path, ON).rows
    assert (reading.facts["sales_y1"], reading.facts["staff_total"]) == (300_000_000, 300)


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("sales_y1(万元)", "1234.5678", 12_345_678),
        ("sales_y1 (亿元)", "1.5", 150_000_000),
        ("销售收入（上一年）（元）", "12", 12),
        ("销售收入\n(上一年)", "12", 12),
        ("主导产品细分市场占有率(%)", "10", "1/10"),
        ("主导产品细分市场占有率(%)", "10%", "1/10"),
        ("从事特定细分市场年限(年)", "3.5", "7/2"),
        ("有效II类知识产权数(项)", "4", 4),
        ("Ⅰ类高价值知识产权数", "1", 1),
        ("I类高价值知识产权数", "１", 1),
        ("ｓａｌｅｓ＿ｙ１", "12", 12),
        ("\u200b销售收入(上一年)\ufeff", "12", 12),
    ],
)
def test_other_headings_as_people_type_them(heading, cell, value):
    reading = read_facts({heading: cell}, ON)
    assert reading.errors == ()
    [fact] = [fact for name, fact in reading.facts.items() if name not in ("applied_on", "reexamination")]
    assert str(fact) == str(value)


@pytest.mark.parametrize(
    ("heading", "cell", "problem"),
    [
        ("职工总数(万元)", "1", "expected a fact of the vocabulary, got an unknown name"),
        ("销售收入(上一年)(美元)", "1", "expected a fact of the vocabulary, got an unknown name"),
        # a hundredth of a fen
        (
            "销售收入(上一年)(万元)",
            "0.0000001",
            "expected a plain number in 万元, which the heading says, got 0.0000001",
        ),
        (
            "销售收入(上一年)(亿元)",
            "999999999999",
            "expected a plain number in 亿元, which the heading says, got 999999999999",
        ),
    ],
)
def test_headings_and_cells_that_do_not_go_together(heading, cell, problem):
    assert [error.problem for error in read_facts({heading: cell}, ON).errors] == [problem]


def test_two_headings_of_one_fact_are_refused_however_they_are_typed(tmp_path, capsys):
    path = tmp_path / "facts.csv"
    path.write_text("有效Ⅰ类知识产权数,有效I类知识产权数\n1,2\n", encoding="utf-8")
    assert main(["evaluate", str(path), "--programme", "TSME", "--on", str(ON)]) == 2
    assert (
        "expected one column for each fact, got 有效Ⅰ类知识产权数 and 有效I类知识产权数"
        in capsys.readouterr().err
    )


TSME = {
    "mainland_resident": True,
    "staff_total": 100,
    "staff_rd": 30,
    "sales_y1": 40_000_000,
    "rd_expense_tax_y1": 3_000_000,
    "cost_expense_y1": 38_000_000,
    "assets_y1": 60_000_000,
    "ip_class1": 0,
    "ip_class2": 4,
    "products_restricted": False,
    "serious_incident_2y": False,
    "on_abnormal_list": False,
    "on_violation_list": False,
}


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({"staff_research": 101}, ["staff_research"]),
        ({"rd_expense_tax_y1": 38_000_001}, ["rd_expense_tax_y1"]),
        ({"rd_expense_audit_y1": "38000000.01"}, ["rd_expense_audit_y1"]),
        ({"income_main_y2": 2, "revenue_y2": 1}, ["income_main_y2"]),
        ({"net_assets_y1": 60_000_001}, ["net_assets_y1"]),
        ({"ip_class1": 1, "ip_class1_own": 2}, ["ip_class1_own"]),
        (
            {"ip_class1": 5, "ip_class1_high_value": 1, "ip_class1_high_value_own": 2},
            ["ip_class1_high_value_own"],
        ),
        ({"equity_financing_2y": 2, "equity_financing_3y": 1}, ["equity_financing_2y"]),
        ({"registered_on": "2026-06-16"}, ["registered_on"]),
        # the general figure of one year beside two counted the HNTE way: 1 + 1 + 1 are all there is
        (
            {
                "rd_expense_domestic_3y": 4,
                "rd_expense_hnte_y1": 1,
                "rd_expense_hnte_y2": 1,
                "rd_expense_y3": 1,
            },
            ["rd_expense_domestic_3y"],
        ),
        ({"sales_y1": -1}, ["sales_y1"]),
        ({"cost_expense_y1": "-0.01"}, ["cost_expense_y1"]),
        ({"rd_expense_tax_y1": -3_000_000}, ["rd_expense_tax_y1"]),
    ],
)
def test_other_facts_that_cannot_be_are_errors_at_every_face(tmp_path, capsys, changes, columns):
    raw = TSME | changes
    reading = read_facts(raw, ON)
    assert [error.column for error in reading.errors] == columns
    header, cells = ",".join(raw), ",".join(str(value).lower() for value in raw.values())
    path = tmp_path / "facts.csv"
    path.write_text(f"{header}\n{cells}\n", encoding="utf-8")
    record, errors = told(capsys, path, "TSME")
    assert (record["verdict"] == "met", len(errors)) == (False, 1)
    assert main(["explain", str(path), "--programme", "TSME", "--on", str(ON)]) == 1
    assert main(["diff", "TSME", "TSME", str(path), "--on", str(ON)]) == 1
    capsys.readouterr()


def test_what_can_be_is_no_error():
    assert read_facts(TSME, ON).errors == ()
    # A loss and debts above the assets are bad, not impossible; a part may be its whole; two years may exceed one.
    bad = {"net_profit_y1": -5, "net_assets_y1": -5, "liabilities_y1": 61_000_000, "staff_rd": 100}
    assert read_facts(TSME | bad | {"equity_financing_2y": 7}, ON).errors == ()


def test_a_contradiction_is_never_met_whoever_asks():
    [version] = [find_version("TSME", ON)]
    facts = read_facts(TSME, ON).facts
    assert evaluate(version, facts).verdict == "met"
    # Facts put together without reading them: the bulk engine looks at them itself.
    impossible = facts | {"staff_rd": 300}
    found = evaluate_bulk([version], table_of_facts([facts, impossible], facts), ON, "numpy")
    assert (found.verdicts == MET).tolist() == [[True, False]]
    assert evaluate(version, read_facts(TSME | {"staff_rd": 300}, ON).facts).verdict == "unknown"


def test_advice_proposes_nothing_that_cannot_be(tmp_path, capsys):
    from eligibility.advice import nearest_fix, what_if

    version = find_version("TSME", ON)
    few = read_facts(TSME | {"staff_total": 10, "staff_rd": 0, "ip_class1": 1}, ON).facts
    fix = nearest_fix(version, few, {"staff_rd": 1})
    assert {name: new for name, (_, new) in fix.changes.items()} == {"staff_rd": 1}
    # R&D may not rise above all costs to earn points by sales.
    poor = read_facts(
        TSME | {"cost_expense_y1": 100, "rd_expense_tax_y1": 0, "sales_y1": 10_000_000}, ON
    ).facts
    assert nearest_fix(version, poor, {"rd_expense_tax_y1": 1}).changes["rd_expense_tax_y1"][1] <= 100
    changed = {change.id: change.after for change in what_if(version, few, {"staff_rd": 11})}
    assert changed["staff_score"] == "unknown"
    path = tmp_path / "facts.csv"
    path.write_text("staff_total\n10\n", encoding="utf-8")
    arguments = ["whatif", str(path), "--programme", "TSME", "--on", str(ON), "--set", "staff_rd=11"]
    assert main(arguments) == 2
    assert "--set contradicts the other facts: staff_rd expected at most staff_total, which is 10" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("raw", "doubted"),
    [
        ({"staff_total": 50, "cost_expense_y1": 900}, ["cost_expense_y1"]),
        ({"sales_y1": 3_000, "sales_y2": 28_000_000}, ["sales_y1"]),  # one year in 万元
        ({"rd_expense_hnte_y1": 300, "rd_expense_y1": 3_000_000}, ["rd_expense_hnte_y1"]),
        ({"income_main_y1": 4_000, "revenue_y1": 42_000_000}, ["income_main_y1"]),
        ({"staff_total": 50, "cost_expense_y1": 5_000_000, "sales_y1": 0}, []),  # no sales yet
        ({"sales_y1": 28_000_000, "sales_y2": 3_000_000}, []),
        ({"net_assets_y1": 5, "net_assets_y2": 50_000_000}, []),  # what is left may be anything
    ],
)
def test_other_doubts_about_figures(raw, doubted):
    reading = read_facts(raw, ON)
    assert reading.errors == ()
    assert [doubt.column for doubt in reading.doubts] == doubted


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        # No sales and no costs: no ratio at all, which earns nothing and leaves nothing open.
        ({"sales_y1": 0, "cost_expense_y1": 0, "rd_expense_tax_y1": 0}, (44, 44)),
        # Nobody on the staff: no share, no points: 50 + 24.
        ({"staff_total": 0, "staff_rd": 0}, (74, 74)),
        # No sales, costs not known: what is missing may earn up to 50.
        ({"sales_y1": 0, "cost_expense_y1": None}, (44, 94)),
    ],
)
def test_no_ratio_earns_nothing_and_only_what_is_missing_is_open(changes, score):
    evaluation = evaluate("TSME", read_facts(TSME | changes, ON).facts)
    assert evaluation.score == score
    assert ("cost_expense_y1" in evaluation.missing) == (score[0] < score[1])


@pytest.mark.parametrize("code", ["HNTE", "INSME", "LITTLE_GIANT", "SRDI", "TSME"])
def test_no_verdict_hangs_on_anything_but_what_is_missing(code):
    """Everything known and zero or no: whatever is divided by zero, no verdict stays open."""
    from eligibility.order import facts_of
    from eligibility.vocabulary import vocabulary

    version = find_version(code, ON)
    nothing = {"bool": False, "date": "2020-01-01", "enum": None, "score": 0}
    specs = [vocabulary()[name] for name in facts_of(*version.roots) if name in vocabulary()]
    raw = {spec.name: nothing.get(spec.unit, spec.least or 0) for spec in specs}
    raw |= {spec.name: spec.choices[0] for spec in specs if spec.unit == "enum"}
    evaluation = evaluate(version, read_facts(raw, ON).facts)
    assert (evaluation.verdict, evaluation.missing) == ("not_met", ())


def test_blank_rows_and_code_page_936(tmp_path, capsys):
    """Rows of commas are nobody's; Chinese Windows writes the euro sign as 0x80."""
    path = tmp_path / "facts.csv"
    lines = [
        "备注,从事特定细分市场年限".encode("gb18030"),
        "约".encode("gb18030") + b"100\x80,3",
        b" ,\t",
        b",",
        b"x,2",
    ]
    path.write_bytes(b"\r\n".join(lines))
    assert [reading.facts["niche_years"] for reading in open_facts(path, ON).rows] == [3, 2]
    import polars as pl

    frame = pl.DataFrame({"niche_years": [3, None, 2], "备注": ["x", " ", None]})
    frame.write_parquet(tmp_path / "facts.parquet")
    rows = open_facts(tmp_path / "facts.parquet", ON).rows
    assert [reading.facts["niche_years"] for reading in rows] == [3, 2]


@pytest.mark.parametrize(
    "arguments", [["--on", "20260615"], ["--on", "2026-W25-1"], ["--on", str(ON), "--row", "1_0"]]
)
def test_notations_that_only_python_knows_are_wrong_usage(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(["explain", str(CASES / "tsme-no-sales-yet.csv"), "--programme", "TSME", *arguments])
    assert caught.value.code == 2
    capsys.readouterr()


def test_a_kind_of_application_that_the_file_contradicts_is_an_error(tmp_path, capsys):
    path = tmp_path / "facts.csv"
    path.write_text("复核申请,从事特定细分市场年限\n是,3\n否,3\n,3\n", encoding="utf-8")
    arguments = ["evaluate", str(path), "--programme", "LITTLE_GIANT", "--on", str(ON), "--application"]
    assert main([*arguments, "reexamination"]) == 1
    captured = capsys.readouterr()
    assert [line.split("\t")[2] for line in captured.out.splitlines()[1:]] == ["v1"] * 3
    problem = "expected the kind of application that was asked for, reexamination, got the other"
    assert captured.err.splitlines()[1:] == [f"error: row 2, column 复核申请: {problem}"]


def test_codes_keep_the_kind_of_application(tmp_path):
    from eligibility.bulk import compile_plan, encode, evaluate_codes, load_codes, table_of

    version = find_version("LITTLE_GIANT@v2", ON)
    plan = compile_plan([version])
    table = table_of(
        {"srdi_score_now": (np.array([59]), None), "srdi_score_previous": (np.array([60]), None)}
    )
    for application, held in (("new", 0), ("reexamination", 1)):
        codes = encode(plan, table, ON, "numpy", application)
        codes.save(tmp_path / application)
        kept = load_codes(tmp_path / application, plan)
        assert kept.application == application
        # The score of the year before counts in a re-examination only; the rest is not known.
        assert evaluate_codes(plan, kept, "numpy").verdicts.tolist() == [[held]]
