"""Facts and answers through the commands of the two libraries, as text and as workbook; why each is right stands beside their own
tests.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.cases.doors import CASES

from eligibility.cli import main as eligibility
from satisfaction.cli import main as satisfaction

pytestmark = pytest.mark.once
FACTS = {
    "hnte-first-year-zero.csv": "met 72-73",
    "hnte-second-year-zero.csv": "not_met 65",
    "hnte-second-year-zero-entered-9.csv": "unknown, 1 error",
    "hnte-two-years-old.csv": "met 71-73",
    "hnte-negative-net-assets.csv": "not_met 63",
    "hnte-part-above-whole.csv": "unknown, 2 errors",
    "tsme-no-sales-yet.csv": "not_met 42",
    "tsme-part-above-whole.csv": "unknown, 2 errors",
    "tsme-ten-thousands-as-yuan.csv": "met 94, 3 doubts",
    "tsme-plain-letter-headings.csv": "met 94",
}
ANSWERS = {
    ("blank-rows-at-end.csv", "model.yaml"): "60 answers, 0 left out",
    ("underscore-in-number.csv", "model.yaml"): "answer-not-a-number",
    ("unicode-text-of-excel.csv", "model.yaml"): "60 answers, 0 left out",
    ("answers.csv", "model-second-order.yaml"): "second-order-not-supported",
    ("answers.csv", "model-interaction.yaml"): "interaction-not-supported",
}


def text_of(path: Path) -> str:
    content = path.read_bytes()
    return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")


def as_workbook(path: Path, folder: Path) -> Path:
    """The same table in Excel, below a title."""
    text = text_of(path)
    book = Workbook()
    book.active.append(["示例表（虚构）"])
    for row in csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.splitlines()[0] else ","):
        book.active.append(row)
    target = folder / f"{path.stem}.xlsx"
    book.save(target)
    return target


def verdict(capsys, path: Path, programme: str) -> str:
    eligibility(["evaluate", str(path), "--programme", programme, "--on", "2026-06-15", "--json"])
    printed = capsys.readouterr()
    [record] = map(json.loads, printed.out.splitlines())
    errors = sum(line.startswith("error: ") for line in printed.err.splitlines())
    doubts = sum("万元" in warning for warning in record["warnings"])
    low, high = record["score"]
    score = f" {low}" if low == high else f" {low}-{high}"
    return record["verdict"] + ("" if errors else score) + counted(errors, "error") + counted(doubts, "doubt")


def counted(number: int, word: str) -> str:
    return f", {number} {word}{'s' if number > 1 else ''}" if number else ""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FACTS)
def test_facts(name, form, tmp_path, capsys, answer):
    path = CASES / "eligibility" / name
    path = as_workbook(path, tmp_path) if form == "xlsx" else path
    answer(f"eligibility/{name} ({form})", right=FACTS[name], got=verdict(capsys, path, name[:4].upper()))


def analysed(capsys, path: Path, model: str) -> str:
    satisfaction(
        ["analyse", str(path), "--model", str(CASES / "satisfaction" / model), "--json", "--lang", "en"]
    )
    printed = json.loads(capsys.readouterr().out)
    if "error" in printed:
        return printed["error"]["name"]
    return f"{printed['n']} answers, {printed['missing']['rows_dropped']} left out"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "model"), ANSWERS)
def test_answers(name, model, form, tmp_path, capsys, answer):
    path = CASES / "satisfaction" / name
    path = as_workbook(path, tmp_path) if form == "xlsx" else path
    right = ANSWERS[name, model]
    answer(f"satisfaction/{name}, {model} ({form})", right=right, got=analysed(capsys, path, model))
