"""docs/mutations.md: what was tried, which test went red, and why the rest may live. Reasons are written there by hand."""

import re
from dataclasses import dataclass
from pathlib import Path

from mutants.source import Mutant

HEAD = "| n | place | kind | what was changed | killed by | s |\n|---|---|---|---|---|---|\n"
ROW = re.compile(
    r"^\| \d+ \| (?P<path>[^|:]+):\d+ \| (?P<kind>\w+) \| (?P<what>.*) \| (?P<end>[^|]*) \| (?P<s>[\d–]*) \|$"
)
SURVIVED, UNTRIED = "survived", "not tried yet"


@dataclass(frozen=True)
class Line:
    end: str  # the test that went red, or "survived", with the reason where one is written
    seconds: str

    @property
    def reason(self) -> str:
        return self.end.partition(": ")[2] if self.end.startswith(SURVIVED) else ""


Key = tuple[str, str, str]


def read(path: Path) -> dict[Key, Line]:
    rows = map(ROW.match, path.read_text().splitlines() if path.exists() else [])
    return {(row["kind"], row["path"], row["what"]): Line(row["end"], row["s"]) for row in rows if row}


def key_of(mutant: Mutant) -> Key:
    kind, path, what = mutant.key
    return kind, path, shown(what)


def shown(words: str) -> str:
    return words.replace("|", "\\|")


def written(mutants: list[Mutant], lines: dict[Key, Line], *, seed: int, found: dict[str, int]) -> str:
    ends = [lines.get(key_of(mutant), Line(UNTRIED, "–")) for mutant in mutants]
    survivors = [line for line in ends if line.end.startswith(SURVIVED)]
    tried = [line for line in ends if line.end != UNTRIED]
    counted = ", ".join(f"{kind} {count}" for kind, count in found.items())
    rows = "".join(
        f"| {n} | {mutant.place} | {mutant.kind} | {shown(mutant.what)} | {line.end} | {line.seconds} |\n"
        for n, (mutant, line) in enumerate(zip(mutants, ends, strict=True), 1)
    )
    return f"""# Mutations

One rule of the house is taken away at a time, and the tests are asked which of them misses it (decision 0078):

    python tools/mutate.py --seed {seed} --count {len(mutants)}

{len(mutants)} of {sum(found.values())} places ({counted}), chosen by the seed {seed}, spread over kinds and parts. Tried: {len(tried)}.
Killed: {len(tried) - len(survivors)}. Survived: {len(survivors)}, each with the reason why it may. Seconds are those of one
process up to the first red test, start included; – where it was not tried.

{HEAD}{rows}"""
