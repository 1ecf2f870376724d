"""What every registry raises for a declaration that can't stand: at start, with the file and what to do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import currentframe
from pathlib import Path
from types import FrameType

from keqiao.kernel.platform.errors import Text

# The floors that hold the registries: a declaration is made by whoever calls them.
REGISTRIES = ("keqiao.kernel.", "keqiao.faces.", "keqiao.conformity.registry", "keqiao.facts.registry")
_said_of: ContextVar[str] = ContextVar(
    "the place of a declaration that is checked after it was read", default=""
)
_clauses: list[tuple[str, str]] = []


class DeclarationError(ValueError):
    """A module declares something that can't be: where, what was expected, what came, what to do.

    `where` is a file (with its line where that is known), `expected` completes "expected …", `remedy` is a sentence.
    """

    def __init__(self, *, where: str, expected: str, came: object, remedy: Text) -> None:
        self.where = where
        self.remedy = remedy
        super().__init__(f"{where}: expected {expected}, came {came!r}. {remedy}")


def declared_at(*, registry: str = REGISTRIES[0]) -> str:
    """The file and line that called the registry, such as `engagement/case/states.py, line 12`, for `where`. `registry`
    is how the names of the modules begin that hold it, where it is an app's own."""
    if _said_of.get():
        return _said_of.get()
    frame = _declaring(registry)
    return f"{short(Path(frame.f_code.co_filename))}, line {frame.f_lineno}"


def declared_by(*, registry: str = REGISTRIES[0]) -> str:
    """The dotted name of the Python module that called the registry, by which `keqiao modules` counts."""
    return str(_declaring(registry).f_globals["__name__"])


@contextmanager
def said_of(where: str) -> Iterator[None]:
    """What is refused inside is refused of the declaration at this place."""
    token = _said_of.set(where)
    try:
        yield
    finally:
        _said_of.reset(token)


def name_clauses(*clauses: str, where: str = "") -> None:
    """A declaration names these clauses of the standard: whoever knows its text holds them to it at the end."""
    place = where or declared_at()
    _clauses.extend((place, clause) for clause in clauses)


def named_clauses() -> Iterator[tuple[str, str]]:
    """Each clause that a declaration names, after the place of the declaration."""
    yield from _clauses


def _declaring(registry: str) -> FrameType:
    """The file that is just being read: the nearest caller at the level of a module. Where a test calls a registry, the
    nearest caller outside of the registries."""
    callers = list(_callers())
    reading = [frame for frame in callers if frame.f_code.co_name == "<module>" and _is_imported(frame)]
    calling = [frame for frame in callers if not _name(frame).startswith((*REGISTRIES, registry))]
    return (reading or calling)[0]


def _callers() -> Iterator[FrameType]:
    """Code that Python itself wrote, such as a dataclass's __init__, has no file and is passed over."""
    frame = currentframe()
    while frame is not None:
        if frame.f_code.co_filename.endswith(".py"):
            yield frame
        frame = frame.f_back


def _is_imported(frame: FrameType) -> bool:
    return _name(frame) != "__main__" and _name(frame) in sys.modules


def _name(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def declared_in(thing: type) -> str:
    """The file of a class and its name, for `where` when its declaration was read long ago."""
    file = sys.modules[thing.__module__].__file__ or thing.__module__
    return f"{short(Path(file))}, {thing.__name__}"


def short(path: Path) -> str:
    """A file as its app and its name: what stands before is the machine's."""
    parts = path.parts
    for root in ("keqiao", "tests"):
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return "/".join(parts[-2:])
