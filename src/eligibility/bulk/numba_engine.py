"""The engine in machine code: arrays for the kernels, blocks over the cores, numpy for the rest."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from eligibility.bulk.arrays import MISSING, UNSETTLED, Bytes, Floats, Points, Wholes
from eligibility.bulk.cores import cores, over_cores
from eligibility.bulk.encoding import copy_bytes, encode_cores
from eligibility.bulk.encoding_plan import Encoding, whole_edges
from eligibility.bulk.integer_registers import Op as WholeOp
from eligibility.bulk.kernels import encode_rows
from eligibility.bulk.lowering import Op, Steps
from eligibility.bulk.machine import year_of_each_day
from eligibility.bulk.table import Table
from eligibility.bulk.verdict_kernel import evaluate_rows

LEAST_ROWS = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """The cores of an encoding, one after the other."""

    cores: Wholes
    terms: Wholes
    floats: Floats
    whole_edges: Wholes
    above: Wholes
    below: Wholes
    strict: Bytes
    local: Bytes
    frames: Floats
    bucket_edges: Floats
    bucket_counts: Bytes


def arrays_of(encoding: Encoding) -> Arrays:
    """What the kernel reads; see `encode_rows` for the rows of `cores`."""
    rows, terms, at_edge, at_local, at_bucket = [], [(0, 0)], 0, 0, 0
    for ranked in encoding.ranked:
        count, buckets = len(ranked.edges), 0 if ranked.buckets is None else len(ranked.buckets.edge)
        rows.append(
            (ranked.core.whole, len(terms), len(terms) + len(ranked.core.terms), at_edge, at_edge + count,
             ranked.planes[0].column, len(ranked.planes), at_local, int(ranked.narrow), at_bucket, buckets)
        )  # fmt: skip
        terms.extend(ranked.core.terms)
        at_edge, at_local, at_bucket = at_edge + count, at_local + ranked.local.size, at_bucket + buckets
    known = encoding.ranked
    kept = [ranked.buckets for ranked in known if ranked.buckets is not None]
    frames = [
        (0.0, 0.0) if ranked.buckets is None else (ranked.buckets.start, ranked.buckets.scale)
        for ranked in known
    ]
    whole = [
        whole_edges(ranked) if ranked.core.whole >= 0 else np.zeros(len(ranked.edges), np.int64)
        for ranked in known
    ]
    return Arrays(
        np.array(rows, np.int64).reshape(-1, 11),
        np.array(terms, np.int64),
        _joined([ranked.floats for ranked in known], np.float64),
        _joined(whole, np.int64),
        _joined([ranked.above for ranked in known], np.int64),
        _joined([ranked.below for ranked in known], np.int64),
        _joined([ranked.strict for ranked in known], np.uint8),
        _joined([ranked.local.ravel() for ranked in known], np.uint8),
        np.array(frames, np.float64).reshape(-1, 2),
        _joined([ranked.edge for ranked in kept], np.float64),
        np.stack(
            [
                _joined([ranked.below for ranked in kept], np.uint8),
                _joined([ranked.own for ranked in kept], np.uint8),
            ]
        ),
    )


def _joined(parts: list[Points], kind: type) -> Points:
    return np.concatenate([np.zeros(0, kind), *parts]).astype(kind)


def encode(encoding: Encoding, table: Table, on: date, out: Bytes) -> int:
    """Write all codes; returns how many values were settled by numpy."""
    wholes, missing = np.ascontiguousarray(table.wholes), np.ascontiguousarray(table.missing).view(np.uint8)
    small = np.ascontiguousarray(table.bytes)
    arrays = arrays_of(encoding)
    byte_places = np.array([_place(table.byte_names, name) for name in encoding.byte_facts] or [-1], np.int64)
    params = encoding.parameters(on) if encoding.params else np.zeros(1, np.int64)
    sources = _sources(encoding, table)
    registers = np.array([encoding.whole_registers, encoding.logic_registers], np.int64)
    years = year_of_each_day()

    def work(rows: slice) -> Wholes:
        unsettled = np.zeros(len(encoding.ranked), np.int64)
        encode_rows(
            encoding.steps, params, sources, byte_places, wholes, missing, small, registers,
            arrays.cores, arrays.terms, arrays.floats, arrays.whole_edges, arrays.above, arrays.below,
            arrays.strict, arrays.local, arrays.frames, arrays.bucket_edges, arrays.bucket_counts, years, rows.start, rows.stop, out, unsettled,
        )  # fmt: skip
        copy_bytes(encoding, table.part(rows), out[:, rows])
        return unsettled

    counts = np.sum(
        [np.zeros(len(encoding.ranked), np.int64), *over_cores(table.rows, _share(table.rows), work)], axis=0
    )
    return _settle(encoding, table, on, out, counts)


def _settle(encoding: Encoding, table: Table, on: date, out: Bytes, counts: Wholes) -> int:
    """Rows the kernel left open, and cores it does not know, by numpy."""
    fallbacks = 0
    for ranked, count in zip(encoding.ranked, counts.tolist(), strict=True):
        columns = [plane.column for plane in ranked.planes]
        if ranked.core.scalar is not None:
            fallbacks += encode_cores(encoding, [ranked], table, on, out)
        elif count:
            rows = np.flatnonzero(out[columns[0]] == UNSETTLED)
            part = np.full((encoding.columns, rows.size), MISSING, np.uint8)
            fallbacks += encode_cores(encoding, [ranked], table.part(rows), on, part)
            for column in columns:
                out[column, rows] = part[column]
    return fallbacks


def _sources(encoding: Encoding, table: Table) -> Wholes:
    """For each register the row of the table that its values are, and below it its mask; -1 for one of its own."""
    sources = np.full((2, max(encoding.whole_registers, 1)), -1, np.int64)
    for op, to, a, *_ in encoding.steps.tolist():
        if op == WholeOp.FACT:
            sources[:, to] = _place(table.whole_names, encoding.whole_facts[a])
        elif op == WholeOp.ZERO_UNLESS:
            sources[0, to] = sources[0, a]
    return sources


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -1


def _share(rows: int) -> int:
    return max(LEAST_ROWS, -(-rows // (4 * cores())))


def evaluate(steps: Steps, data: Bytes, verdicts: Bytes, lo: Points, hi: Points) -> None:
    """Write verdicts and scores."""
    own = lo.dtype
    codes = steps.tables[:, 0].astype(np.uint8)
    changes = steps.tables[:, 1].astype(own)
    changes8 = steps.tables[:, 1].astype(np.uint8)
    thresholds = np.isin(steps.steps[:, 0], [Op.SCORE_AT_LEAST, Op.SCORE_EQUALS, Op.ROW_LO, Op.ROW_HI])
    constants = np.where(thresholds, steps.steps[:, 4], 0).astype(own)
    registers = np.array([max(steps.logic_registers, 1), max(steps.points_registers, 1)], np.int64)

    def work(rows: slice) -> None:
        evaluate_rows(
            steps.steps,
            codes,
            changes8,
            changes,
            constants,
            registers,
            data,
            rows.start,
            rows.stop,
            verdicts,
            lo,
            hi,
        )

    over_cores(data.shape[1], _share(data.shape[1]), work)
