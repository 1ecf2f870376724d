"""explain, whatif, diff, table; and the advice behind them, on the sample file."""

from datetime import date
from pathlib import Path

import pytest
from tests.eligibility.cases import ON, ON_EVERY_EDGE, SMALL

import eligibility
from eligibility import evaluate, read_facts, shipped_programmes
from eligibility.advice import earliest_date, nearest_fix, what_if
from eligibility.cli import main

SAMPLE = str(Path(eligibility.__file__).parent / "examples" / "enterprises.csv")


def facts_of(raw: dict) -> dict:
    return read_facts(raw, ON).facts


def printed(capsys, *arguments: str) -> list[str]:
    assert main(arguments) == 0
    return capsys.readouterr().out.splitlines()


def test_explain_tells_conditions_values_and_the_day_time_suffices(capsys):
    lines = printed(capsys, "explain", SAMPLE, "--row", "2", "--programme", "HNTE", "--on", "2026-11-22")
    assert lines[0] == "HNTE@v1 (verified): not_met, score 33-39"
    assert lines[1].startswith("  ✗ registered_one_year · 32号 第十一条（一） · ")
    assert lines[2] == "      申请日期 applied_on = 2026-11-22; 成立日期 registered_on = 2026-01-15"


def test_a_row_that_is_not_there_is_an_error(capsys):
    assert main(["explain", SAMPLE, "--row", "9", "--programme", "HNTE", "--on", "2026-11-22"]) == 2
    assert "expected a row 9, got fewer" in capsys.readouterr().err


def test_whatif_shows_what_changes_and_the_nearest_fix(capsys):
    lines = printed(
        capsys, "whatif", SAMPLE, "--row", "1", "--programme", "HNTE", "--on", "2026-11-22",
        "--set", "科技人员数=3", "--change", "staff_rd+",
    )  # fmt: skip
    # 120 people, so 10 % is 12.
    assert lines == [
        "HNTE@v1",
        "  verdict: met -> not_met",
        "  staff_share: met -> not_met",
        "  met with 科技人员数 staff_rd 3 -> 12",
    ]


@pytest.mark.parametrize("text", ["nothing=1", "staff_rd", "staff_rd=-1"])
def test_whatif_refuses_what_is_no_fact(capsys, text):
    arguments = ["whatif", SAMPLE, "--programme", "HNTE", "--on", "2026-11-22", "--set", text]
    assert main(arguments) == 2
    assert "expected" in capsys.readouterr().err


def test_diff_counts_and_names_the_rows_that_change(capsys):
    lines = printed(capsys, "diff", "HNTE@v1", "HNTE@v1", SAMPLE, "--on", "2026-11-22")
    assert lines == ["4 unchanged"]
    lines = printed(capsys, "diff", "HNTE", "TSME", SAMPLE, "--on", "2026-11-22")
    assert lines[-1] == "2 unchanged, 1 met -> unknown, 1 not_met -> unknown"


@pytest.mark.parametrize("code", sorted(shipped_programmes()))
def test_every_programme_has_a_table_in_both_languages(capsys, code):
    for arguments in (["--language", "zh"], ["--language", "en"], ["--html"]):
        text = "\n".join(printed(capsys, "table", code, *arguments))
        version = shipped_programmes()[code].versions[-1]
        assert [leaf.id for leaf in version.leaves if leaf.text not in text] == []


def test_a_table_reads_as_an_officer_writes(capsys):
    lines = printed(capsys, "table", "TSME")
    assert lines[0] == "# 科技型中小企业评价 TSME@v1 · 自 2017-05-03, 现行 · 已核实"
    assert "| 3 | 第六条（二） | 年销售收入不超过2亿元 | 销售收入(上一年) 不超过 2亿元 |" in lines
    assert "| 1 | 第七条（一） | 科技人员数 ÷ 职工总数 不低于 30% | 20 |" in lines


def test_what_if_drops_a_fact():
    version = SMALL.versions[0]
    changes = what_if(version, facts_of(ON_EVERY_EDGE), {"niche_years": None})
    assert [(c.id, c.before, c.after) for c in changes] == [
        ("", "met", "unknown"),
        ("niche_years", "met", "unknown"),
    ]


def test_the_nearest_fix_is_evaluated_and_least():
    version = SMALL.versions[0]
    facts = facts_of(ON_EVERY_EDGE | {"income_main_y1": 440_999, "niche_years": "2.5"})
    fix = nearest_fix(version, facts, {"income_main_y1": 1, "niche_years": 1, "revenue_y1": -1})
    # 70 % of 630,000 is 441,000, which is growth of 5 % as well; three years.
    after = {name: new for name, (_, new) in fix.changes.items()}
    assert after == {"niche_years": 3, "income_main_y1": 441_000}
    assert evaluate(version, facts | after).verdict == "met"
    assert nearest_fix(version, facts, {"revenue_y1": -1}) is None


def test_earliest_date_when_only_time_is_short():
    programme = shipped_programmes()["SAMPLE_A1"]
    version = programme.versions[0]
    raw = {
        "registered_on": "2023-04-01", "rd_expense_y1": 6_000_000, "sales_y1": 50_000_000,
        "ip_core_support": True, "on_violation_list": False,
    }  # fmt: skip
    # 1,095 days after 1 April 2023 is 31 March 2026: 2024 has a leap day.
    assert earliest_date(programme, facts_of(raw), date(2026, 3, 1)) == date(2026, 3, 31)
    assert earliest_date(version, facts_of(raw | {"sales_y1": 500_000_000}), date(2026, 3, 1)) is None
