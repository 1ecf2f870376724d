"""Fuzz the programme parser: mutated shipped files for some minutes; no crash and no hang allowed.

    python tools/fuzz_rules.py --minutes 10 --seed 1

Whatever comes in, only RuleError may come out, and within five seconds. A finding is written to a file and
ends
the run with code 1.
"""

import argparse
import random
import signal
import sys
import time
from pathlib import Path

from eligibility import RuleError, check_programme, parse_programme
from eligibility.compiled import compile_version

LIMIT_SECONDS = 5
PIECES = [
    "(", ")", "((((", "))))", "not ", " and ", " or ",
    "when(", "min(", "coalesce(", "9" * 40, "0", "%", "万", "亿元",
    "- ", "  - ", ": ", "{", "}", "[", "]", "&a ", "*a", "!!python/object ",
    "|", ">", "#", "'", '"', "\n", "\t", "\x00",
    "﻿", "０", "１", "≥", "且", "2026-13-45", "2026-02-29", "1e9", "nan", "inf", ".5", "__class__", "a.b",
    "rd_expense_y1",
    "sales_y1 / ", "else: 0", "points: 9-1", "at_least: ", "until: ", "version: v1\n", "\u202e", "🙂",
    "%YAML 9.9\n---\n",
]  # fmt: skip


class HungError(Exception):
    """A file that took too long."""


def alarm(_signal: int, _frame: object) -> None:
    raise HungError


def mutated(chance: random.Random, corpus: list[str]) -> str:
    """A file with up to a dozen changes, or two files spliced."""
    text = chance.choice(corpus)
    if chance.random() < 0.1:
        other = chance.choice(corpus)
        text = text[: chance.randrange(len(text))] + other[chance.randrange(len(other)) :]
    for _ in range(chance.randint(1, 12)):
        text = change(chance, text)
    return text


def change(chance: random.Random, text: str) -> str:
    """One change: insert, delete, repeat, swap a character, move a line."""
    at = chance.randrange(len(text) + 1)
    kind = chance.randrange(6)
    if kind == 0:
        return text[:at] + chance.choice(PIECES) + text[at:]
    if kind == 1:
        return text[:at] + text[at + chance.randint(1, 40) :]
    if kind == 2:
        piece = text[at : at + chance.randint(1, 30)]
        return text[:at] + piece * chance.choice([2, 3, 50, 500]) + text[at:]
    if kind == 3:
        return (
            text[:at] + chr(chance.choice([chance.randrange(128), chance.randrange(0x2FFF)])) + text[at + 1 :]
        )
    lines = text.split("\n")
    line = lines.pop(chance.randrange(len(lines)))
    if kind == 4:
        line = " " * chance.randint(0, 4) + line
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def try_one(content: bytes) -> bool:
    """Parse, check and compile; whether the file could be read."""
    try:
        programme = parse_programme(content)
    except RuleError as error:
        str(error)
        return False
    check_programme(programme)
    for version in programme.versions:
        compile_version(version)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("var/fuzz"))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = Path(__file__).parent.parent / "src" / "eligibility" / "programmes"
    corpus = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]
    signal.signal(signal.SIGALRM, alarm)
    end, tried, read, slowest = time.monotonic() + options.minutes * 60, 0, 0, 0.0
    while time.monotonic() < end:
        content = mutated(chance, corpus).encode("utf-8", "surrogatepass")
        began = time.process_time()
        try:
            # The alarm counts processor time, so a busy machine is no finding.
            signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS * 10)
            read += try_one(content)
        except Exception as error:  # noqa: BLE001 - any is a finding
            signal.setitimer(signal.ITIMER_REAL, 0)
            options.findings.mkdir(parents=True, exist_ok=True)
            path = options.findings / f"finding-{options.seed}-{tried}.yaml"
            path.write_bytes(content)
            print(f"finding after {tried} files: {type(error).__name__}: {str(error)[:200]}; kept as {path}")
            return 1
        signal.setitimer(signal.ITIMER_REAL, 0)
        slowest, tried = max(slowest, time.process_time() - began), tried + 1
    print(
        f"{tried} files in {options.minutes} minutes, {read} of them readable, slowest {slowest:.2f} s; no finding"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
