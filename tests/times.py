"""Where a run's time went: at its end a line for each folder, with what passed, seconds and processor seconds.

Processor seconds are those of the worker and of processes it waited for; the browser's are not among them.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent.name


@dataclass
class Spent:
    """Of one folder."""

    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: float = 0
    processor: float = 0


spent: dict[str, Spent] = defaultdict(Spent)
last = sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A phase's processor time travels in its report, from the worker to where the lines are printed."""
    global last
    report: Any = yield
    now = sum(os.times()[:4])
    report.processor, last = now - last, now
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    line = spent[folder(report.nodeid)]
    line.seconds += report.duration
    line.processor += getattr(report, "processor", 0)
    if report.when == "call" or report.outcome != "passed":
        line.outcomes[report.outcome] += 1


def folder(nodeid: str) -> str:
    parts = nodeid.partition("::")[0].split("/")
    return parts[1] if parts[0] == TESTS and len(parts) > 2 else TESTS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not spent:
        return
    terminalreporter.section("times by folder")
    terminalreporter.line(f"{'folder':<18}{'passed':>8}{'failed':>8}{'skipped':>8}{'s':>8}{'cpu s':>8}")
    for name, line in sorted(spent.items(), key=lambda pair: -pair[1].seconds):
        terminalreporter.line(row(name, line))
    whole = Spent(seconds=sum(one.seconds for one in spent.values()))
    whole.processor = sum(one.processor for one in spent.values())
    for one in spent.values():
        for outcome, count in one.outcomes.items():
            whole.outcomes[outcome] += count
    terminalreporter.line(row("all", whole))


def row(name: str, line: Spent) -> str:
    counts = "".join(f"{line.outcomes[outcome]:>8}" for outcome in ("passed", "failed", "skipped"))
    return f"{name:<18}{counts}{line.seconds:>8.0f}{line.processor:>8.0f}"
