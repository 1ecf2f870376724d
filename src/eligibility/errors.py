"""The errors a caller of this library can meet: one for rule text, one for facts."""

from dataclasses import dataclass
from pathlib import Path


class EligibilityError(Exception):
    """Base of every error this library raises on purpose."""


class RuleError(EligibilityError):
    """A programme file or an expression that cannot be read.

    `line` and `column` count from 1; 0 means that the place is not known.
    The message says what was expected, what came and what to do.
    """

    def __init__(self, problem: str, *, line: int = 0, column: int = 0, source: str = "") -> None:
        self.problem = problem
        self.line = line
        self.column = column
        self.source = source
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.source, self.line, self.column) if part)
        return f"{place}: {self.problem}" if place else self.problem

    def at(self, *, line: int = 0, column: int = 0, source: str = "") -> "RuleError":
        """The same problem with the place filled in where it was still open."""
        return RuleError(
            self.problem,
            line=self.line or line,
            column=self.column if self.line else self.column or column,
            source=self.source or source,
        )


@dataclass(frozen=True, slots=True)
class FactError:
    """One value that cannot be used: the row (from 1, 0 for a single enterprise), the column, the reason."""

    column: str
    problem: str
    row: int = 0

    def __str__(self) -> str:
        place = f"row {self.row}, column {self.column}" if self.row else f"column {self.column}"
        return f"{place}: {self.problem}"


class ProgrammeNotFoundError(EligibilityError):
    """No programme of that code, no such version, or none in force on the date asked for."""


class InputFileError(EligibilityError):
    """A facts file that cannot be read at all, or a file that cannot be written."""

    @classmethod
    def unwritable(cls, path: Path, error: OSError) -> "InputFileError":
        """The error for a file that cannot be written."""
        return cls(f"{path}: expected a file that can be written, got: {error.strerror}")
