"""Running a plan: by numpy, block after block, or by machine code, blocks over as many threads as there are cores.

Numpy gets no threads: its steps on a block take microseconds, and handing the interpreter lock back and forth
took longer than the second core gave.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from eligibility.bulk.arrays import UNKNOWN, Points
from eligibility.bulk.codes import Codes, Verdicts, check_fits
from eligibility.bulk.cores import blocks
from eligibility.bulk.encoding import encode_block
from eligibility.bulk.evaluating import Block
from eligibility.bulk.looks import impossible_rows
from eligibility.bulk.plan import Plan, compile_plan
from eligibility.bulk.table import Table, with_kind
from eligibility.errors import EligibilityError
from eligibility.kinds import NEW
from eligibility.programme import Version
from eligibility.vocabulary import REEXAMINATION

ENCODE_ROWS = 65_536
EVALUATE_ROWS = 131_072
ENGINES = ("auto", "numpy", "numba")


class EngineError(EligibilityError):
    """An engine that is not there."""


@cache
def has_numba() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("numba") is not None


def _fast(engine: str) -> ModuleType | None:
    if engine not in ENGINES:
        raise EngineError(f"expected one of {', '.join(ENGINES)} as engine, got {engine}")
    if engine == "numba" and not has_numba():
        raise EngineError("expected the extra `fast` for engine numba, got none; pip install keqiao[fast]")
    if engine == "numpy" or not has_numba():
        return None
    from eligibility.bulk import numba_engine

    return numba_engine


def encode(plan: Plan, table: Table, on: date, engine: str = "auto", application: str = NEW) -> Codes:
    """The codes of all enterprises of a table for applications of one day.

    `application` is their kind, where the table has no column that tells it.
    """
    numba_engine = _fast(engine)
    if REEXAMINATION in plan.facts:
        table = with_kind(table, application)
    data = np.empty((plan.encoding.columns, table.rows), np.uint8)
    if numba_engine is not None:
        fallbacks: int = numba_engine.encode(plan.encoding, table, on, data)
    else:
        fallbacks = sum(
            encode_block(plan.encoding, table.part(rows), on, data[:, rows])
            for rows in blocks(table.rows, ENCODE_ROWS)
        )
    return Codes(data, plan.fingerprint, on, fallbacks, application)


def renew(plan: Plan, codes: Codes, table: Table, rows: npt.NDArray[Any], engine: str = "auto") -> Codes:
    """Codes again for some rows only, in place; `table` is the whole table with the new facts."""
    check_fits(plan, codes)
    fresh = encode(plan, table.part(rows), codes.on, engine, codes.application)
    codes.data[:, rows] = fresh.data
    return replace(codes, fallbacks=fresh.fallbacks)


def evaluate_codes(
    plan: Plan, codes: Codes, engine: str = "auto", *, scores: bool = True, into: Verdicts | None = None
) -> Verdicts:
    """Verdict and score of every enterprise for every programme of the plan.

    Without `scores` only verdicts are written; `into` takes the memory of earlier verdicts of the same shape.
    """
    check_fits(plan, codes)
    numba_engine = _fast(engine)
    steps, rows = plan.steps, codes.rows
    own: type = np.int32 if steps.wide else np.uint8
    scored = steps.scored if scores else ()
    if into is None:
        ends: list[Points] = [np.empty((len(scored), rows), own) for _ in range(2)]
        into = Verdicts(np.empty((steps.programmes, rows), np.uint8), scored, *ends)
    verdicts, lo, hi = into.verdicts, into.lo, into.hi
    if numba_engine is not None:
        numba_engine.evaluate(steps, codes.data, verdicts, lo, hi)
    else:
        block = Block(steps, min(rows, EVALUATE_ROWS), own)
        for part in blocks(rows, EVALUATE_ROWS):
            block.run(codes.data[:, part], verdicts[:, part], lo[:, part], hi[:, part])
    return into


def evaluate_bulk(
    versions: Sequence[Version], table: Table, on: date, engine: str = "auto", application: str = NEW
) -> Verdicts:
    """Everything in one go: plan, codes, verdicts. An enterprise of which a part is above its whole is never met."""
    plan = compile_plan(versions)
    answers = evaluate_codes(plan, encode(plan, table, on, engine, application), engine)
    impossible = impossible_rows(table, on)
    answers.verdicts[:, impossible] = np.minimum(answers.verdicts[:, impossible], np.uint8(UNKNOWN))
    return answers
