"""Where a run's time went: at its end a line for each folder, with what passed, seconds and processor seconds; then what
an operation and a resource cost, and what the same run would take with three times as many of both.

Processor seconds are those of the worker and of processes it waited for; the browser's are not among them.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent.name
LAID_OUT = "(laid out)"  # databases, once a run: no folder's own
TIMES = 3  # as many operations and resources, with all modules in
# Of which a folder's tests are generated, and where each of them is met.
GENERATED = {"every_operation": "name", "every_resource": "slug"}
GROWING = {"operation": ("every_operation",), "resource": ("every_resource", "walker", "house")}


@dataclass
class Spent:
    """Of one folder."""

    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: float = 0
    processor: float = 0

    def add(self, seconds: float, processor: float) -> None:
        self.seconds += seconds
        self.processor += processor


spent: dict[str, Spent] = defaultdict(Spent)
subjects: dict[str, set[str]] = defaultdict(set)  # of the generated tests, by folder
last = sum(os.times()[:4])
layouts = Spent()  # since the last report


@contextmanager
def apart() -> Iterator[None]:
    """What happens inside is done once for all tests, not for the one that happens to need it first."""
    begun, processor = time.monotonic(), sum(os.times()[:4])
    yield
    layouts.add(time.monotonic() - begun, sum(os.times()[:4]) - processor)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A phase's processor time travels in its report, from the worker to where the lines are printed."""
    global last
    report: Any = yield
    now = sum(os.times()[:4])
    report.processor, last = now - last, now
    report.layouts, layouts.seconds, layouts.processor = (layouts.seconds, layouts.processor), 0, 0
    report.subject = (
        item.callspec.params.get(GENERATED.get(folder(item.nodeid), ""), "")
        if hasattr(item, "callspec")
        else ""
    )
    return report


def pytest_runtest_logreport(report: Any) -> None:
    name = folder(report.nodeid)
    seconds, processor = report.layouts
    spent[name].add(report.duration - seconds, report.processor - processor)
    if seconds:
        spent[LAID_OUT].add(seconds, processor)
    if report.subject:
        subjects[name].add(report.subject)
    if report.when == "call" or report.outcome != "passed":
        spent[name].outcomes[report.outcome] += 1


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
    terminalreporter.line(row("all", whole()))
    for line in growth():
        terminalreporter.line(line)


def whole() -> Spent:
    total = Spent()
    for line in spent.values():
        total.add(line.seconds, line.processor)
        for outcome, count in line.outcomes.items():
            total.outcomes[outcome] += count
    return total


def growth() -> Iterator[str]:
    """Only of a run that had all of the generated tests."""
    if set(GENERATED) - set(subjects):
        return
    more = 0.0
    for kind, folders in GROWING.items():
        number = len(subjects[folders[0]])
        seconds = {name: spent[name].seconds for name in folders if name in spent}
        processor = sum(spent[name].processor for name in seconds)
        parts = ", ".join(f"{name} {value / number:.1f}" for name, value in seconds.items())
        yield f"{number} {kind}s, {sum(seconds.values()) / number:.1f} s each ({processor / number:.1f} cpu): {parts}"
        more += (TIMES - 1) * sum(seconds.values())
    total = whole().seconds
    yield f"with {TIMES} times as many: {total + more:.0f} s of tests in place of {total:.0f}"


def row(name: str, line: Spent) -> str:
    counts = "".join(f"{line.outcomes[outcome]:>8}" for outcome in ("passed", "failed", "skipped"))
    return f"{name:<18}{counts}{line.seconds:>8.0f}{line.processor:>8.0f}"
