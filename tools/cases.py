"""Every input of tests/cases through every way it is taken: `make cases` prints a line for each, with what is right of it and what
came. The exit code is that of the tests.
"""

import os
import sys
from typing import Any

import pytest
from test import HOME, VAR, clean

FOLDERS = ("tests/cases", "tests/eligibility/test_cases.py", "tests/satisfaction/test_cases.py")
LONGEST = 160  # characters of an answer on a line


class Printer:
    """A line a case, as the tests report them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.wrong = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when != "call":
            return
        said = [value for name, value in report.user_properties if name == "case"]
        for case, right, got in said or [(report.nodeid.split("/", 1)[1], "", "")]:
            good = report.passed if not said else right == got
            self.wrong += not good
            answer = f" → {short(right)}" if right else ""
            came = "" if good else f", came {short(got)}" if got else ", see below"
            self.lines.append(f"{'✓' if good else '✗'} {case}{answer}{came}")


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def main() -> int:
    folder = VAR / "test" / "cases"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(clean(os.environ) | {"KEQIAO_VAR": str(folder), "KEQIAO_BUILT": str(VAR)})
    os.chdir(HOME)
    printer = Printer()
    options = ["-q", "--no-header", "-p", "no:cacheprovider", f"--basetemp={folder / 'tmp'}", *sys.argv[1:]]
    code = pytest.main([*options, *FOLDERS], plugins=[printer])
    print("\n".join(["", *printer.lines, "", f"{len(printer.lines)} answers, {printer.wrong} of them wrong"]))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
