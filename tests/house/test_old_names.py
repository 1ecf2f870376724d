"""Entries keep old names: outside of the record they are asked for by `aliases.about` and `aliases.steps` alone."""

import ast
from pathlib import Path

import pytest
from tests.house.test_sizes import HOME

pytestmark = pytest.mark.once

SOURCES = HOME / "src/keqiao"
AS_THEY_STAND = ("kernel/record/", "kernel/models/", "kernel/migrations/", "kernel/platform/aliases.py")
ALLOWED = {"faces/activity.py": "leaves out kinds by all their names"}
ASKS = {"filter", "exclude", "get", "Q"}
NAMES = {"operation", "operation__in", "subject_type", "subject_type__in"}


def sources() -> list[str]:
    paths = [path.relative_to(SOURCES).as_posix() for path in SOURCES.glob("**/*.py")]
    return sorted(path for path in paths if not path.startswith(AS_THEY_STAND) and path not in ALLOWED)


def asked(call: ast.Call) -> list[str]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return [f"line {call.lineno}: {one.arg}" for one in call.keywords if called in ASKS and one.arg in NAMES]


def read(node: ast.Attribute) -> list[str]:
    return [f"line {node.lineno}: .{node.attr}"] if node.attr == "subject_type" else []


def test_nothing_looks_for_entries_by_the_names_of_today_alone():
    found: dict[str, list[str]] = {}
    for name in sources():
        for node in ast.walk(ast.parse(Path(SOURCES / name).read_text())):
            wrong = asked(node) if isinstance(node, ast.Call) else []
            wrong += read(node) if isinstance(node, ast.Attribute) else []
            if wrong:
                found.setdefault(name, []).extend(wrong)
    assert found == {}
