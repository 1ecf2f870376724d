"""What a part found out, and the table of it all."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

HEAD = ("part", "figure", "", "here", "against", "", "ratio", "aim")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`value` in `unit`; where it is held against another of the same run, that is the `reference`, called `against`. `aim`
    is said in words: nothing is judged here, since another machine gives other figures."""

    what: str
    value: float
    unit: str
    reference: float | None = None
    against: str = ""
    aim: str = ""

    @property
    def ratio(self) -> str:
        return f"{self.value / self.reference:.2f}" if self.reference else ""


def percentile(times: list[float], share: float) -> float:
    """In milliseconds, of seconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def keep(figures: Iterable[Figure], file: Path) -> None:
    for figure in figures:
        with file.open("a") as target:  # one by one: a part that breaks off leaves what it had
            target.write(json.dumps(asdict(figure)) + "\n")


def read(file: Path) -> list[Figure]:
    return [Figure(**json.loads(line)) for line in file.read_text().splitlines()] if file.exists() else []


def table(found: dict[tuple[str, str], list[Figure]]) -> str:
    """One table for all parts and databases."""
    rows = [HEAD]
    for (part, database), figures in found.items():
        for figure in figures:
            reference = "" if figure.reference is None else f"{figure.reference:,.1f}"
            rows.append(
                (
                    f"{part}, {database}",
                    figure.what,
                    figure.unit,
                    f"{figure.value:,.1f}",
                    figure.against,
                    reference,
                    figure.ratio,
                    figure.aim,
                )
            )
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    right = {3, 5, 6}
    return "\n".join(
        "  ".join(
            text.rjust(width) if place in right else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
