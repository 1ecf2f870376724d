"""The example of the README is run as it stands there."""

import re
from pathlib import Path

import pytest

import eligibility
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
