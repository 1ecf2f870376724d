"""The command: exact JSON, encodings, row errors, exit codes."""

import json

import polars as pl
import pytest
from tests.eligibility.cases import SMALL_FILE

from eligibility.cli import main

# Main income 441 of 630 thousand = 70 %, growing exactly 5 % twice: SMALL on every edge.
HEADER = "niche_years,revenue_y1,income_main_y1,income_main_y2,income_main_y3"
EDGE = "3,630000,441000,420000,400000"
NUMBER = "expected a number from 0 with at most four decimals, such as 3.5"
MONEY = "expected yuan as a plain number with at most two decimals, such as 50000000 or 1234.56"
ARGUMENTS = ["--rules", str(SMALL_FILE), "--programme", "SMALL", "--on", "2026-06-15"]
DRAFT = "warning: SMALL@v1 is a draft: figures written from memory are in it"


@pytest.fixture
def facts(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "facts.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def evaluated(capsys, *arguments) -> tuple[int, list[dict], list[str]]:
    code = main(["evaluate", *arguments])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err.splitlines()


def test_json_has_exactly_the_keys_of_the_format(facts, capsys):
    code, [record], errors = evaluated(capsys, facts(f"{HEADER}\n{EDGE}\n"), *ARGUMENTS, "--json")
    assert (code, errors) == (0, [DRAFT])
    assert record == {
        "programme": "SMALL",
        "version": "v1",
        "state": "draft",
        "verdict": "met",
        "score": None,
        "conditions": [
            {"id": "niche_years", "article": "一", "verdict": "met"},
            {"id": "main_share", "article": "二", "verdict": "met"},
            {"id": "main_growth", "article": "三", "verdict": "met"},
        ],
        "missing": [],
        "warnings": [],
    }


def test_banded_parts_have_lo_and_hi(facts, capsys):
    # R&D 2 of sales 100 million: 2 %, 10 points; costs not known: 10 to 50. One class I item: 30.
    # Staff 10 of 100: 4. Together 44 to 84.
    header = "staff_rd,staff_total,rd_expense_tax_y1,sales_y1,ip_class1"
    path = facts(f"{header}\n10,100,2000000,100000000,1\n")
    code, [record], _ = evaluated(capsys, path, "--programme", "TSME", "--on", "2026-06-15", "--json")
    assert code == 0
    assert (record["verdict"], record["score"]) == ("unknown", [44, 84])
    parts = {entry["id"]: entry for entry in record["conditions"]}
    assert parts["score"] == {
        "id": "score",
        "article": "第六条（五）",
        "verdict": "unknown",
        "lo": 44,
        "hi": 84,
    }
    assert parts["staff"] == {"id": "staff", "article": "第七条（一）", "verdict": "met", "lo": 4, "hi": 4}
    assert parts["rd_cost"] == {
        "id": "rd_cost",
        "article": "第七条（二）2",
        "verdict": "unknown",
        "lo": 0,
        "hi": 50,
    }
    assert record["missing"] == [
        # No, or too much, and it is not met:
        "mainland_resident",
        "assets_y1",
        "serious_incident_2y",
        "on_abnormal_list",
        "on_violation_list",
        "products_restricted",
        # With the others open, none of these decides anything:
        "cost_expense_y1",
        "hnte_certificate_valid",
        "national_award_5y_top3",
        "rd_body_level",
        "standard_led_5y",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_with_chinese_names_and_wide_brackets(facts, capsys, encoding):
    header = "企业,从事特定细分市场年限,营业收入（上一年）,主营业务收入(上一年),income_main_y2,income_main_y3"
    content = f"{header}\n甲,{EDGE}\n".encode(encoding)
    code, [record], errors = evaluated(capsys, facts(content), *ARGUMENTS, "--json")
    assert (code, record["verdict"]) == (0, "met")
    assert errors == ["warning: unknown columns, not read: 企业", DRAFT]


def test_bad_cells_are_errors_with_row_and_column_and_the_rest_is_evaluated(facts, capsys):
    rows = [
        "x,630000,441000,420000,400000",
        EDGE,
        "3,NaN,441000,420000,400000",
        "2,630000,inf,420000,400000",
        EDGE,
    ]
    code, records, errors = evaluated(capsys, facts("\n".join([HEADER, *rows])), *ARGUMENTS, "--json")
    assert code == 1
    assert [record["verdict"] for record in records] == ["unknown", "met", "unknown", "not_met", "met"]
    assert errors == [
        DRAFT,
        f"error: row 1, column niche_years: {NUMBER}, got x",
        f"error: row 3, column revenue_y1: {MONEY}, got NaN",
        f"error: row 4, column income_main_y1: {MONEY}, got inf",
    ]


def test_a_bad_cell_the_programme_does_not_read_still_keeps_the_row_from_being_met(facts, capsys):
    code, [record], errors = evaluated(
        capsys, facts(f"{HEADER},staff_total\n{EDGE},many\n"), *ARGUMENTS, "--json"
    )
    assert (code, record["verdict"], len(errors)) == (1, "unknown", 2)


def test_entered_points_against_the_counts_are_a_row_error(facts, capsys):
    path = facts("ip_class1,hnte_quantity\n1,8\n1,6\n")
    code, records, errors = evaluated(capsys, path, "--programme", "HNTE", "--on", "2026-06-15", "--json")
    assert code == 1
    assert [record["verdict"] for record in records] == ["unknown", "unknown"]
    assert errors == [
        (
            "error: row 2, column hnte_quantity: expected 7 to 8 points by the counts for hnte_quantity, "
            "got 6; correct the points or the counts (HNTE)"
        )
    ]


def test_too_many_cells_are_a_row_error(facts, capsys):
    code, records, errors = evaluated(capsys, facts(f"{HEADER}\n{EDGE},7\n{EDGE}\n"), *ARGUMENTS, "--json")
    assert (code, [record["verdict"] for record in records]) == (1, ["unknown", "met"])
    assert errors == [DRAFT, "error: row 1, column 6: expected 5 cells, got 6; check the quotes and commas"]


def test_the_plain_table(facts, capsys):
    assert main(["evaluate", facts(f"{HEADER}\n{EDGE}\n3,630000,,420000,400000\n"), *ARGUMENTS]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "row\tprogramme\tversion\tverdict\tscore\tmissing\tstate",
        "1\tSMALL\tv1\tmet\t\t\tdraft",
        "2\tSMALL\tv1\tunknown\t\tincome_main_y1\tdraft",
    ]


def test_parquet_in_and_out(tmp_path, capsys):
    source, target = tmp_path / "facts.parquet", tmp_path / "out.parquet"
    columns = HEADER.split(",")
    rows = [dict(zip(columns, [3, 630_000, 441_000, 420_000, 400_000], strict=True)), {"niche_years": 2}]
    pl.DataFrame(rows).write_parquet(source)
    arguments = [
        str(source),
        "--rules",
        str(SMALL_FILE),
        "--programme",
        "SMALL",
        "TSME@v1",
        "--on",
        "2026-06-15",
    ]
    assert main(["evaluate", *arguments, "--out", str(target)]) == 0
    written = pl.read_parquet(target)
    named = ["row", "programme", "version", "verdict", "score_lo", "score_hi", "missing", "state", "warnings"]
    assert written.columns == named
    assert written.select("row", "programme", "verdict", "score_lo", "score_hi").rows() == [
        (1, "SMALL", "met", None, None),
        (1, "TSME", "unknown", 0, 100),
        (2, "SMALL", "not_met", None, None),
        (2, "TSME", "unknown", 0, 100),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "error: expected column names of the vocabulary in the first row, got none"),
        ("a,b\n1,2\n", "error: expected column names of the vocabulary in the first row, got none"),
        (
            b"niche_years\n\xff\xff\xff",
            "error: expected a CSV file in UTF-8 or GB18030, got neither; save it as CSV UTF-8",
        ),
        ('niche_years\n"1', "error: expected CSV, got at row 2: unexpected end of data"),
        (
            "niche_years,从事特定细分市场年限\n1,2\n",
            "error: expected one column for each fact, got niche_years and 从事特定细分市场年限",
        ),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(facts, capsys, content, message):
    assert main(["evaluate", facts(content), *ARGUMENTS]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == message


def test_unknown_programmes_versions_and_files(facts, capsys):
    path = facts(f"{HEADER}\n{EDGE}\n")
    assert main(["evaluate", path, "--programme", "NOPE", "--on", "2026-06-15"]) == 2
    assert main(["evaluate", path, "--programme", "HNTE@v9", "--on", "2026-06-15"]) == 2
    assert main(["evaluate", path, "--programme", "SAMPLE_A1", "--on", "2026-06-15"]) == 2
    assert main(["evaluate", f"{path}.none", *ARGUMENTS]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert errors[0].startswith("error: expected one of HNTE, INSME, LITTLE_GIANT, ")
    assert errors[1] == "error: expected one of v1 for HNTE, got v9"
    assert errors[2].startswith("error: expected a version of SAMPLE_A1 in force on 2026-06-15, got only v1 ")
    assert errors[3].endswith("facts.csv.none: expected a readable file, got: No such file or directory")


def test_a_wrong_date_is_wrong_usage(facts, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["evaluate", facts(HEADER), "--programme", "HNTE", "--on", "2026-02-30"])
    assert caught.value.code == 2
    assert "expected a date such as 2026-01-31, got 2026-02-30" in capsys.readouterr().err


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
        - {id: a, article: '1', text: t, condition: niche_years >= 3}
"""


def test_check_and_own_rules(tmp_path, facts, capsys):
    good, bad, broken = (tmp_path / f"{name}.yaml" for name in ("good", "bad", "broken"))
    good.write_text(RULES, encoding="utf-8")
    bad.write_text(RULES.replace(">= 3", "< 0"), encoding="utf-8")
    broken.write_text(RULES.replace(">= 3", ">= 3元"), encoding="utf-8")
    assert main(["check", str(good)]) == 0
    assert capsys.readouterr().out == f"{good}: OWN can be used (v1 draft)\n"
    assert main(["check", str(good), str(bad), str(broken)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{bad}:11: error: condition a can never hold",
        f"{broken}:11:53: expected two sides around >= of one unit, got a number and money (yuan)",
    ]
    arguments = ["--rules", str(good), "--programme", "OWN", "--on", "2026-06-15", "--json"]
    code, [record], _ = evaluated(capsys, facts("niche_years\n3\n"), *arguments)
    assert (code, record["programme"], record["verdict"]) == (0, "OWN", "met")
