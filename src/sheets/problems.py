"""Why a file can't be read as rows."""

from enum import StrEnum


class Problem(StrEnum):
    NO_TEXT = "no-text"  # bytes of no encoding that is read
    NO_ROW = "no-row"  # facts: n, the row of the file, and why
    NO_WORKBOOK = "no-workbook"
    STRICT = "strict"  # a workbook of the kind “Strict Open XML”
    TOO_MUCH = "too-much"  # facts: name, the part of the workbook that is far too large


class SheetError(Exception):
    """Whoever shows it has the words, by the problem and its facts."""

    def __init__(self, problem: Problem, **facts: object) -> None:
        super().__init__(f"{problem}: {facts}")
        self.problem, self.facts = problem, facts
