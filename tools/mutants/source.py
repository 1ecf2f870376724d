"""A file of the house as text and as a tree, and changes that leave everything else in it as it is."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST = 76  # of what is shown of a line
LEFT_OUT = {"migrations", "demo", "bundle", "locale", "charts"}  # no rules in there


@dataclass(frozen=True)
class Edit:
    """Bytes `start` to `end` of a file become `text`; a file that isn't there is made."""

    path: str
    start: int
    end: int
    text: str

    def applied(self, before: bytes) -> bytes:
        return before[: self.start] + self.text.encode() + before[self.end :]


@dataclass(frozen=True)
class Mutant:
    kind: str
    path: str
    line: int
    what: str
    edits: tuple[Edit, ...]
    names: frozenset[str] = frozenset()  # what in the code it is about: tests that name it come first
    schema: bool = False  # whether the database has to be laid out anew
    postgres: bool = False  # whether only PostgreSQL can tell

    @property
    def app(self) -> str:
        return self.path.split("/")[2]

    @property
    def part(self) -> str:
        """A room, a slice or a file of an app; what asks for a database of its own kind stands apart."""
        needs = "PostgreSQL" if self.postgres else "schema" if self.schema else ""
        return "/".join((*self.path.split("/")[2:4], needs))

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def key(self) -> tuple[str, str, str]:
        """The same though lines above it come or go."""
        return self.kind, self.path, self.what


class Source:
    def __init__(self, home: Path, path: str) -> None:
        self.home, self.path = home, path
        self.data = (home / path).read_bytes()
        self.starts = [0]
        for line in self.data.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.data)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @property
    def app(self) -> str:
        return self.path.split("/")[2]

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def in_meta(self, node: ast.AST) -> bool:
        """Said of an index or a constraint: the migration says it too, so it can only be dropped whole."""
        return any(isinstance(above, ast.ClassDef) and above.name == "Meta" for above in self.above(node))

    def span(self, node: ast.AST) -> tuple[int, int]:
        first, last = self.starts[node.lineno - 1], self.starts[node.end_lineno - 1]
        return first + node.col_offset, last + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.data[start:end].decode()

    def short(self, node: ast.AST) -> str:
        said = re.sub(r"\s+", " ", self.text(node))
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"

    def instead(self, node: ast.AST, text: str) -> Edit:
        return Edit(self.path, *self.span(node), text)

    def first(self, function: ast.FunctionDef, text: str) -> Edit:
        """A statement before all others of a function."""
        start, _end = self.span(function.body[0])
        return Edit(self.path, start, start, f"{text}\n{' ' * function.body[0].col_offset}")

    def without(self, many: Sequence[ast.AST], gone: ast.AST) -> Edit:
        """One of several things between commas, with a comma of its own."""
        at = many.index(gone)
        start, end = self.span(gone)
        if at + 1 < len(many):
            return Edit(self.path, start, self.span(many[at + 1])[0], "")
        if at:
            return Edit(self.path, self.span(many[at - 1])[1], end, "")
        rest = self.data[end:]
        comma = len(rest) - len(rest.lstrip()) + 1 if rest.lstrip().startswith(b",") else 0
        return Edit(self.path, start, end + comma, "")

    def mutant(self, kind: str, node: ast.AST, what: str, *edits: Edit, **facts: bool) -> Mutant:
        """`what` was done to `node`, said with the function it stands in."""
        inside = [above for above in self.above(node) if isinstance(above, ast.FunctionDef | ast.ClassDef)]
        where = f"`{inside[0].name}`: " if inside else ""
        names = frozenset(
            one.name for one in (node, *inside) if isinstance(one, ast.FunctionDef | ast.ClassDef)
        )
        return Mutant(kind, self.path, node.lineno, where + what, edits, names, **facts)


def name_of(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.AST | None) -> str:
    """What is called, without what it belongs to."""
    return name_of(node.func) if isinstance(node, ast.Call) else ""


def argument(call: ast.Call, name: str) -> ast.keyword | None:
    return next((given for given in call.keywords if given.arg == name), None)


def sources(home: Path) -> list[Source]:
    files = sorted((home / "src/keqiao").rglob("*.py"))
    return [
        Source(home, str(path.relative_to(home))) for path in files if not LEFT_OUT & {*path.parts, path.stem}
    ]
