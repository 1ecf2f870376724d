"""The command on good input."""

import csv
import io
import json
import subprocess
import sys

import pytest
from tests.satisfaction.conftest import DATA

from satisfaction.cli import main
from satisfaction.questionnaire.shipped import default_model

MOBI = ["analyse", str(DATA / "mobi.csv"), "--model", str(DATA / "mobi.yaml")]
KEYS = {"n", "scheme", "iterations", "paths", "total_effects", "weights", "loadings", "r2", "alpha", "rho_a"}
KEYS |= {"rho_c", "ave", "htmt", "index", "warnings"}


def run(capsys, *words):
    assert main([*MOBI, *words]) == 0
    return capsys.readouterr().out


def test_json_has_the_agreed_keys(capsys, full_model):
    printed = json.loads(run(capsys, "--json"))
    assert set(printed) >= KEYS
    assert (printed["n"], printed["scheme"]) == (250, "path")
    assert list(printed["paths"]) == [f"{cause}->{effect}" for cause, effect in full_model.arrows]
    assert list(printed["weights"]) == list(printed["loadings"]) == list(full_model.items)
    assert list(printed["alpha"]) == list(printed["index"]) == list(full_model.constructs)
    assert len(printed["htmt"]) == 21
    assert "Image|Expectation" in printed["htmt"]
    assert set(printed["r2"]) == set(full_model.paths)
    assert all(set(warning) == {"name", "text", "do"} for warning in printed["warnings"])


@pytest.mark.parametrize("scheme", ["centroid", "factorial", "path"])
def test_the_scheme(capsys, scheme):
    assert json.loads(run(capsys, "--json", "--scheme", scheme))["scheme"] == scheme


def test_bootstrap_by_seed(capsys):
    words = ["--json", "--bootstrap", "30", "--seed"]
    one, same, other = (json.loads(run(capsys, *words, seed)) for seed in ("1", "1", "2"))
    assert one == same
    assert one["bootstrap"]["draws"] == 30
    assert one["bootstrap"]["paths"] != other["bootstrap"]["paths"]
    assert json.loads(run(capsys, "--json"))["bootstrap"] is None


def test_the_summary_is_what_is_printed_by_default(capsys):
    assert run(capsys, "--bootstrap", "50").startswith("用户满意度指数为 72.5 分")
    assert run(capsys, "--bootstrap", "50", "--lang", "en").startswith("The index of Satisfaction is 72.5")


def test_the_report(capsys, tmp_path):
    target = tmp_path / "report.html"
    assert run(capsys, "--report", str(target)) == ""
    assert "来自 500 次自助抽样（随机种子 1）" in target.read_text(encoding="utf-8")


def test_groups(capsys, tmp_path):
    table = list(csv.reader(io.StringIO((DATA / "mobi.csv").read_text())))
    rows = [[*row, "东西中"[place % 3] if place else "地区"] for place, row in enumerate(table)]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(map(",".join, rows)), encoding="gb18030")
    words = ["analyse", str(path), "--model", str(DATA / "mobi.yaml"), "--json", "--group", "地区"]
    assert main([*words, "--permutations", "20", "--compare", "东", "西"]) == 0
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert set(groups["shown"]) == {"东", "西"}
    assert len(groups["comparisons"]) == 1


def test_the_shipped_model_is_the_default(capsys, tmp_path):
    """A table with the shipped items, filled with mobi's answers column by column, the first ones again from behind."""
    items = default_model().items
    table = [[*row, *row[:4]] for row in csv.reader(io.StringIO((DATA / "mobi.csv").read_text()))]
    assert len(items) == len(table[0]) == 28
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(map(",".join, [items, *table[1:]])))
    assert main(["analyse", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 250


def test_chinese_reaches_a_pipe_whatever_the_locale():
    code = "import sys; from satisfaction.cli import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", code, *MOBI, "--bootstrap", "0"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C", "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "ascii"},
    )
    assert "用户满意度指数" in run.stdout.decode("utf-8")


def test_plan_as_json(capsys):
    assert main(["plan", "--population", "500", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["n"], printed["rounding"], printed["rounded_up"]) == (217, "nearest", 218)
    assert printed["invitations"] == 217
    assert printed["exact"] == pytest.approx(217.49, abs=0.005)
