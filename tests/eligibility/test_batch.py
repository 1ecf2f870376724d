"""Whole files by codes, chunk after chunk: to the byte what evaluating row by row gives."""

import csv
import io
import json
import random
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

import polars as pl
import pytest
from tests.eligibility.agreement import ON, value_of
from tests.eligibility.cases import SMALL

from eligibility import as_record, evaluate, find_version, shipped_programmes
from eligibility.batch import Batch
from eligibility.cli import main
from eligibility.facts_file import FactsFile, open_facts
from eligibility.results import stand_in_warnings
from eligibility.vocabulary import vocabulary

CODES = sorted(
    code for code, programme in shipped_programmes().items() if programme.versions[-1].in_force(ON)
)
VERSIONS = [find_version(code, ON) for code in CODES]
DRAFT = "is a draft: figures written from memory are in it"
BAD = {
    "sales_y1": "NaN",
    "staff_total": "1.5",
    "is_sme": "maybe",
    "registered_on": "2026-02-30",
    "ip_class2": "x",
}


def lines_of(count: int) -> list[list[str]]:
    """Random enterprises as cells; every seventh with a bad cell, some lines short, some too long."""
    chance, lines = random.Random(4), []
    for number in range(count):
        missing = chance.choice([0, 0.1, 0.5])
        facts = {
            s.name: str(value_of(s, chance)) for s in vocabulary().values() if chance.random() >= missing
        }
        facts = {name: value for name, value in facts.items() if "/" not in value}
        if number % 3:
            facts |= dict.fromkeys([name for name in facts if name.startswith("hnte_")], "")
        if number % 7 == 0:
            name = chance.choice(sorted(BAD))
            facts[name] = BAD[name]
        cells = [facts.get(name, "") for name in vocabulary()]
        lines.append(cells[:20] if number % 11 == 0 else [*cells, "more"] if number % 13 == 0 else cells)
    return lines


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("batch") / "facts.csv"
    text = io.StringIO()
    csv.writer(text).writerows([list(vocabulary()), *lines_of(260)])
    found.write_text(text.getvalue(), encoding="utf-8")
    return found


def row_by_row(path) -> tuple[list[dict], list[str]]:
    """The records, and what is complained of, as single evaluations give them."""
    records, lines, told = [], [], {}
    for row, reading in enumerate(open_facts(path, ON, "new").rows, start=1):
        found = [evaluate(version, reading.facts) for version in VERSIONS]
        lines += [f"error: {error}" for error in reading.errors]
        for one in found:
            lines += [f"error: {replace(error, row=row)} ({one.version.code})" for error in one.errors]
        lines += [f"warning: {doubt}" for doubt in reading.doubts]
        for one in found:
            stood_in = [f"warning: {one.version.code}: {text}" for text in stand_in_warnings(one)]
            lines += [line for line in stood_in if line not in told]
            told |= dict.fromkeys(stood_in)
            record = as_record(one, row_has_errors=bool(reading.errors), doubts=reading.doubts)
            records.append({"row": row} | record)
    return records, lines


def flat(record: dict) -> tuple:
    lo, hi = record["score"] or (None, None)
    named = (record[key] for key in ("row", "programme", "version", "verdict"))
    return *named, lo, hi, " ".join(record["missing"]), record["state"], "; ".join(record["warnings"])


def shown(record: dict) -> str:
    *named, lo, hi, missing, state, _ = flat(record)
    score = "" if lo is None else str(lo) if lo == hi else f"{lo}-{hi}"
    return "\t".join(map(str, [*named, score, missing, state]))


@pytest.fixture(scope="module")
def wanted(path):
    return row_by_row(path)


def test_json_is_the_same_to_the_byte(path, wanted, capsys):
    assert main(["evaluate", str(path), "--programme", *CODES, "--on", str(ON), "--json"]) == 1
    captured = capsys.readouterr()
    records = [{key: value for key, value in record.items() if key != "row"} for record in wanted[0]]
    assert captured.out.splitlines() == [json.dumps(record, ensure_ascii=False) for record in records]
    assert [line for line in captured.err.splitlines() if not line.endswith(DRAFT)] == wanted[1]
    assert {record["verdict"] for record in records} == {"met", "not_met", "unknown"}
    assert any("points by the counts" in error for error in wanted[1])


def test_the_plain_table_is_the_same_to_the_byte(path, wanted, capsys):
    assert main(["evaluate", str(path), "--programme", *CODES, "--on", str(ON)]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines()[1:] == [shown(record) for record in wanted[0]]
    assert [line for line in captured.err.splitlines() if not line.endswith(DRAFT)] == wanted[1]


def test_parquet_is_the_same(path, wanted, tmp_path, capsys):
    target = tmp_path / "out.parquet"
    assert main(["evaluate", str(path), "--programme", *CODES, "--on", str(ON), "--out", str(target)]) == 1
    assert pl.read_parquet(target).rows() == [flat(record) for record in wanted[0]]
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


@pytest.mark.parametrize("rows", [1, 7, 259, 260])
def test_where_chunks_end_makes_no_difference(path, wanted, rows):
    found = list(Batch(VERSIONS, ON, conditions=True, rows=rows).results(open_facts(path, ON, "new")))
    told = [json.loads(result.json()) for row in found for result in row.results]
    assert [{"row": 0} | record for record in told] == [record | {"row": 0} for record in wanted[0]]
    assert [result.row for row in found for result in row.results] == [record["row"] for record in wanted[0]]
    errors = [f"error: {error}" for row in found for error in row.errors]
    assert errors == [line for line in wanted[1] if line.startswith("error: ")]


def test_a_file_is_read_only_as_far_as_results_are_asked_for():
    endless = FactsFile(("niche_years", "revenue_y1"), (), ON, cycle([("2", "1"), ("3", "")]))
    batch = Batch(SMALL.versions, ON, conditions=False)
    found = [row.results[0] for row in islice(batch.results(endless), 20_000)]
    assert [result.verdict for result in found[-2:]] == ["not_met", "unknown"]
    assert found[-1].row == 20_000


def test_parquet_values_of_every_kind(tmp_path, capsys):
    source = tmp_path / "facts.parquet"
    frame = {
        "sales_y1": [1.5, float("nan"), 0.001, None],
        "staff_total": pl.Series([5, -1, 2**60, None], dtype=pl.Int64),
        "is_sme": [True, False, None, None],
        "registered_on": [date(2020, 2, 29), None, None, date(2026, 6, 15)],
        "rd_body_level": ["city", "nowhere", "", None],
        "staff_rd": [[1], [2], None, None],
    }
    pl.DataFrame(frame).write_parquet(source)
    assert main(["evaluate", str(source), "--programme", "INSME", "--on", str(ON)]) == 1
    money = "expected yuan as a plain number with at most two decimals, such as 50000000 or 1234.56, got "
    count = "expected a whole number from 0, such as 12, got "
    body = "expected one of none, below_city, city, provincial, national, got nowhere"
    assert [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")] == [
        f"error: row 1, column staff_rd: {count}list",
        f"error: row 2, column sales_y1: {money}nan",
        "error: row 2, column staff_total: expected 0 or more, got -1",
        f"error: row 2, column rd_body_level: {body}",
        f"error: row 2, column staff_rd: {count}list",
        f"error: row 3, column sales_y1: {money}0.001",
        f"error: row 3, column staff_total: {count}{2**60}",
    ]
    rows = open_facts(source, ON).rows
    assert [len(reading.errors) for reading in rows] == [1, 4, 2, 0]


def test_a_broken_parquet_file_is_one_error(tmp_path, capsys):
    source = tmp_path / "facts.parquet"
    source.write_bytes(b"PAR1 and nothing else")
    assert main(["evaluate", str(source), "--programme", "INSME", "--on", str(ON)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {source}: expected Parquet, got: ")


def test_a_place_that_cannot_be_written_is_one_error(path, tmp_path, capsys):
    target = tmp_path / "nowhere" / "out.parquet"
    assert main(["evaluate", str(path), "--programme", "INSME", "--on", str(ON), "--out", str(target)]) == 2
    wanted = f"error: {target}: expected a file that can be written, got: No such file or directory"
    assert capsys.readouterr().err.splitlines() == [wanted]
