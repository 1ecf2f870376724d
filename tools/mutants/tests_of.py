"""Which tests may see a mutant, the likeliest first."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from mutants.source import Mutant, called, name_of

SHORTEST = 6  # of a name that says something in a test
DEEPEST = 3  # calls from a changed function up to a step
NEVER = (
    "tests/eligibility/",
    "tests/satisfaction/",
    "tests/sample/",
    "tests/journeys/",
    "tests/house/",
    "tests/tools/",
)
BESIDE = {
    "policy": ("tests/walker", "tests/every_resource"),
    "lock": ("tests/concurrency", "tests/kernel"),
    "evidence": ("tests/conformity",),
    "interval": ("tests/conformity",),
}
OPERATIONS, RESOURCES = "tests/every_operation", "tests/every_resource"
SLOW = ("test_faces.py", "test_all_or_nothing.py", "test_refused_inside.py")  # of the generated tests


class TestsOf:
    def __init__(self, home: Path, mutant: Mutant) -> None:
        self.home, self.mutant = home, mutant
        self.steps = steps_of(home, mutant.names)
        self.words = {name for name in {*mutant.names, *self.steps} if len(name) >= SHORTEST}

    def paths(self) -> list[str]:
        """What is collected."""
        own = [f"tests/{self.mutant.app}"]
        found = [
            *self.naming,
            *own,
            *BESIDE.get(self.mutant.kind, ()),
            *([OPERATIONS] if self.steps else ()),
        ]
        if self.mutant.app == "kernel":
            found += [OPERATIONS, "tests/concurrency"]
        return [path for path in dict.fromkeys(found) if (self.home / path).exists()]

    @cached_property
    def naming(self) -> list[str]:
        """Files of tests that name what was changed, those that name most of it first."""
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, self.words))})\b")
        counts: dict[str, int] = {}
        for path, text in test_files(self.home):
            if self.words and not path.startswith(NEVER):
                counts[path] = len(pattern.findall(text))
        return sorted(filter(counts.get, counts), key=lambda path: -counts[path])

    def rank(self, path: str, params: dict[str, object]) -> int | None:
        """How early a test runs; None: not at all."""
        if path.startswith(OPERATIONS):
            mine = str(params.get("name", "")) in self.steps
            if mine:
                return 2 if path.endswith(SLOW) else 1
            return 5 if self.mutant.app == "kernel" and not path.endswith(SLOW) else None
        if path.startswith(RESOURCES):
            return 4
        if path in self.naming:
            return 0
        return 3


@cache
def test_files(home: Path) -> list[tuple[str, str]]:
    paths = sorted((home / "tests").rglob("test_*.py"))
    return [(str(path.relative_to(home)), path.read_text()) for path in paths]


def steps_of(home: Path, names: Iterable[str]) -> frozenset[str]:
    """The steps among these functions, and those that come to them by calls."""
    steps, users = calls(home)
    found, edge = set(names), set(names)
    for _ in range(DEEPEST):
        edge = {user for name in edge for user in users.get(name, ())} - found
        found |= edge
    return frozenset(found & steps)


@cache
def calls(home: Path) -> tuple[set[str], dict[str, set[str]]]:
    """The names of all steps; and for each name, the functions and rules that use it."""
    steps: set[str] = set()
    users: dict[str, set[str]] = {}
    for path in (home / "src/keqiao").rglob("*.py"):
        for node in ast.parse(path.read_bytes()).body:
            for name in named(node):
                for used in names_in(node):
                    users.setdefault(used, set()).add(name)
            if isinstance(node, ast.FunctionDef) and any(
                called(one) == "operation" for one in node.decorator_list
            ):
                steps.add(node.name)
    return steps, users


def named(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    if isinstance(node, ast.Assign):
        yield from filter(None, map(name_of, node.targets))


def names_in(node: ast.AST) -> set[str]:
    return {name_of(part) for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)}
