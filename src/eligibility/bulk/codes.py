"""Codes: what is left of the facts, one byte for each metric and enterprise; stored and renewed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from eligibility.bulk.arrays import Bytes, Points
from eligibility.bulk.layout import PlanError
from eligibility.bulk.plan import Plan
from eligibility.kinds import NEW


@dataclass(frozen=True, slots=True)
class Codes:
    """A row of bytes for each column of the plan's layout; `fallbacks` counts values settled in Python."""

    data: Bytes
    fingerprint: str
    on: date
    fallbacks: int = 0
    application: str = NEW

    @property
    def rows(self) -> int:
        """How many enterprises."""
        return int(self.data.shape[1])

    def save(self, path: Path) -> None:
        """Write them, uncompressed."""
        head = np.array([self.fingerprint, self.on.isoformat(), self.application])
        with path.open("wb") as stream:
            np.save(stream, head, allow_pickle=False)
            np.save(stream, self.data, allow_pickle=False)


def load_codes(path: Path, plan: Plan) -> Codes:
    """Read codes back. Raises PlanError when they were made for another plan."""
    with path.open("rb") as stream:
        fingerprint, day, application = np.load(stream, allow_pickle=False).tolist()
        data = np.load(stream, allow_pickle=False)
    codes = Codes(data, fingerprint, date.fromisoformat(day), application=application)
    check_fits(plan, codes)
    return codes


def check_fits(plan: Plan, codes: Codes) -> None:
    """Raise PlanError when the codes were made for another plan."""
    if codes.fingerprint != plan.fingerprint:
        raise PlanError("expected codes made for this plan, got others; encode the facts again")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts and scores by number of the programme and of the row.

    `verdicts[programme, row]` is 0 (not met), 1 (unknown) or 2 (met); `scored` are the programmes that have a
    score, in the order of the rows of `lo` and `hi`. `table` is the transposed view, rows by programmes.
    """

    verdicts: Bytes
    scored: tuple[int, ...]
    lo: Points
    hi: Points

    @property
    def table(self) -> Bytes:
        """Rows by programmes."""
        return self.verdicts.T

    def word(self, programme: int, row: int) -> str:
        """The verdict as the other engines write it."""
        return ("not_met", "unknown", "met")[int(self.verdicts[programme, row])]

    def score(self, programme: int, row: int) -> tuple[int, int] | None:
        """The score, None where the programme has none."""
        if programme not in self.scored:
            return None
        place = self.scored.index(programme)
        return int(self.lo[place, row]), int(self.hi[place, row])
