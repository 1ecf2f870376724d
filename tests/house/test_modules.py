"""Every app is a module that says what it has, and the command prints them all."""

import argparse

import pytest

from keqiao.conformity.clauses import find
from keqiao.faces.cli import modules as command
from keqiao.kernel.steps import modules

pytestmark = pytest.mark.once


def test_the_clauses_a_module_names_stand_in_the_standard():
    named = [clause for config in modules.installed() for clause in config.about.clauses]
    assert [find(clause=clause).id for clause in named] == named


def test_the_command_prints_each_module_with_its_counts(capsys):
    command.show(argparse.Namespace())
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["module", "models", "states"]
    assert {"numbers", "operations", "measures"} <= set(head.split())
    assert [line.split()[0] for line in lines] == [config.label for config in modules.installed()]
