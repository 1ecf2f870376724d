"""What every registry raises for a declaration that can't stand: at start, with the file and what to do."""

from inspect import currentframe
from pathlib import Path
from types import FrameType

from keqiao.kernel.platform.errors import Text

# The floors that hold the registries: a declaration is made by whoever calls them.
REGISTRIES = ("keqiao.kernel.", "keqiao.faces.")


class DeclarationError(ValueError):
    """A module declares something that can't be: where, what was expected, what came, what to do.

    `where` is a file (with its line where that is known), `expected` completes "expected …", `remedy` is a sentence.
    """

    def __init__(self, *, where: str, expected: str, came: object, remedy: Text) -> None:
        self.where = where
        self.remedy = remedy
        super().__init__(f"{where}: expected {expected}, came {came!r}. {remedy}")


def declared_at() -> str:
    """The file and line that called the registry, such as `engagement/case/states.py, line 12`, for `where`."""
    frame = _declaring()
    return f"{short(Path(frame.f_code.co_filename))}, line {frame.f_lineno}"


def declared_by() -> str:
    """The dotted name of the Python module that called the registry, by which `keqiao modules` counts."""
    return str(_declaring().f_globals["__name__"])


def _declaring() -> FrameType:
    """The nearest caller outside of the registries; of code written by Python itself, such as a dataclass's __init__,
    there is no file."""
    frame = currentframe()
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith(REGISTRIES) and frame.f_code.co_filename.endswith(".py"):
            return frame
        frame = frame.f_back
    raise LookupError("a registry was called by nobody outside of it")


def short(path: Path) -> str:
    """A file as its app and its name: what stands before is the machine's."""
    parts = path.parts
    for root in ("keqiao", "tests"):
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return path.name
