"""The example of the README is run as it stands there."""

import re
from pathlib import Path

import pytest

import eligibility
from eligibility import shipped_programmes
from eligibility.cli import main

README = Path(eligibility.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_examples_print_what_they_say(capsys, code):
    exec(code, {})
    printed = capsys.readouterr().out.splitlines()
    assert printed == re.findall(r"print\(.*\)  # (.*)", code)
    assert len(printed) > 0


def test_the_command_for_a_clone_works_as_written(capsys, monkeypatch):
    command = re.search(r"-m eligibility (evaluate .*)", README)[1].split()
    monkeypatch.chdir(Path(eligibility.__file__).parents[2])
    assert main(command) == 0
    verdicts = [line.split("\t")[3] for line in capsys.readouterr().out.splitlines()[1:]]
    # A met; B registered in January; C has 20 of 300 in R&D, below 10 %; D misses facts.
    assert verdicts == ["met", "not_met", "not_met", "unknown"]


def test_the_list_of_programme_versions_is_what_the_command_prints(capsys):
    kept = Path(eligibility.__file__).parents[2] / "docs" / "programmes.md"
    assert main(["table", "--language", "en"]) == 0
    assert capsys.readouterr().out == kept.read_text(encoding="utf-8"), (
        "run: eligibility table --language en --out docs/programmes.md"
    )


def test_the_list_has_a_line_for_every_document_of_every_version(capsys):
    assert main(["table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split(" | ") for line in lines if line.startswith("| ")][2:]
    listed = [(cells[0].rsplit(" ", 1)[1], cells[1], cells[3], cells[4]) for cells in rows]
    words = {"draft": "草案", "verified": "已核实", "superseded": "已废止"}
    wanted = [
        (version.code, version.label, words[version.state], source.document)
        for programme in shipped_programmes().values()
        for version in programme.versions
        for source in version.sources
    ]
    assert sorted(listed) == sorted(wanted)
    assert {code for code, *_ in listed} == set(shipped_programmes())
    assert all(cells[5] for cells in rows)
    giant = [cells[2] for cells in rows if cells[0].endswith("LITTLE_GIANT") and cells[1] == "v1"]
    assert set(giant) == {"新申请：自 2022-08-01, 至 2026-04-01; 复核：自 2022-08-01, 至 2027-01-01"}
