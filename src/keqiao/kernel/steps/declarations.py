"""What every registry raises for a declaration that can't stand: at start, with the file and what to do."""

from inspect import currentframe
from pathlib import Path

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
    frame = currentframe()
    while frame is not None:
        code = frame.f_code
        if not frame.f_globals["__name__"].startswith(REGISTRIES) and code.co_filename.endswith(".py"):
            return f"{short(Path(code.co_filename))}, line {frame.f_lineno}"
        frame = frame.f_back
    return "a declaration"


def short(path: Path) -> str:
    """A file as its app and its name: what stands before is the machine's."""
    parts = path.parts
    for root in ("keqiao", "tests"):
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return path.name
