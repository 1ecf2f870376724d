"""What is shown comes through the policy: no bare manager in faces, pages and resources."""

import ast
from pathlib import Path

import pytest
from tests.house.test_sizes import HOME

pytestmark = pytest.mark.once

SOURCES = HOME / "src/keqiao"
BARE = {"objects", "_base_manager", "_default_manager"}
THROUGH_OTHERS = {
    "faces/activity.py": "read again by the numbers that the policy gave",
    "faces/web/activity.py": "the reader's own bookmark",
    "faces/web/views.py": "a person's own saved views",
}


def showing() -> list[Path]:
    paths = [*SOURCES.glob("faces/**/*.py")]
    for part in ("pages", "resources", "panels", "portal"):
        for home in ("*", "*/*"):  # an app, or a slice of one
            paths += [*SOURCES.glob(f"{home}/{part}.py"), *SOURCES.glob(f"{home}/{part}/**/*.py")]
    return sorted(set(paths))


def names(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


@pytest.mark.parametrize("path", [path for path in showing() if names(path) not in THROUGH_OTHERS], ids=names)
def test_rows_come_through_the_policy(path):
    tree = ast.parse(path.read_text())
    found = [
        f"line {node.lineno}: .{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in BARE
    ]
    assert found == []


def test_the_exceptions_are_still_there():
    assert [
        name
        for name in THROUGH_OTHERS
        if not any(f".{word}" in (SOURCES / name).read_text() for word in BARE)
    ] == []
