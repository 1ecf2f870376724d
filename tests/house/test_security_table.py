"""docs/security.md names a test for every demand; each of them is there."""

import ast
import re

import pytest
from tests.house.test_sizes import HOME

pytestmark = pytest.mark.once
ROWS = [
    line.strip("|").split(" | ")
    for line in (HOME / "docs/security.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| demand")
]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`(tests/[^`]+)`", row[-1])})


def test_the_table_is_long():
    assert len(ROWS) > 80


def test_every_demand_names_a_test():
    assert [row[0] for row in ROWS if not re.search(r"`tests/[^`]+\.py::test_\w+`", row[-1])] == []


@pytest.mark.parametrize("name", NAMED)
def test_it_is_there(name):
    path, _, function = name.partition("::")
    found = [
        one.name for one in ast.walk(ast.parse((HOME / path).read_text())) if isinstance(one, ast.FunctionDef)
    ]
    assert function in found
