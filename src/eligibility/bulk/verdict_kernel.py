# Numbers are those of lowering.Op; machine code takes flat loops and positional arguments.
"""Machine code for verdicts: the steps of `lowering` on blocks of codes, bytes all the way."""

from typing import Any

import numpy as np

from eligibility.bulk.kernels import MISSING, U0, U1, U2, machine_code

BLOCK = 2048


@machine_code
def table_step(target: Any, column: Any, n: int, codes: Any, changes: Any) -> None:
    """A table as its value at code 0 and the changes after it."""
    start = changes[0]
    if codes.shape[0] == 2:
        e1, c1 = codes[1], changes[1]
        for i in range(n):
            target[i] = start + (c1 if column[i] >= e1 else 0)
        return
    if codes.shape[0] == 3:
        e1, e2, c1, c2 = codes[1], codes[2], changes[1], changes[2]
        for i in range(n):
            target[i] = start + (c1 if column[i] >= e1 else 0) + (c2 if column[i] >= e2 else 0)
        return
    target[:n] = start
    for k in range(1, codes.shape[0]):
        edge, change = codes[k], changes[k]
        for i in range(n):
            target[i] += change if column[i] >= edge else 0


@machine_code
def logic_step(op: int, n: int, target: Any, a: Any, b: Any) -> None:
    """not, and, or."""
    if op == 2:
        for i in range(n):
            target[i] = U2 - a[i]
    elif op == 3:
        for i in range(n):
            target[i] = min(b[i], a[i])
    else:
        for i in range(n):
            target[i] = max(b[i], a[i])


@machine_code
def points_step(op: int, n: int, target: Any, a: Any, b: Any) -> None:
    """Sum, least, greatest."""
    if op == 10:
        for i in range(n):
            target[i] = a[i] + b[i]
    elif op == 11:
        for i in range(n):
            target[i] = min(b[i], a[i])
    else:
        for i in range(n):
            target[i] = max(b[i], a[i])


@machine_code
def score_step(op: int, n: int, target: Any, lo: Any, hi: Any, threshold: Any) -> None:
    """A score against a threshold."""
    if op == 5:
        for i in range(n):
            target[i] = (U1 if lo[i] >= threshold else U0) + (U1 if hi[i] >= threshold else U0)
    else:
        for i in range(n):
            sure = lo[i] == threshold and hi[i] == threshold
            possible = lo[i] <= threshold <= hi[i]
            target[i] = (U1 if sure else U0) + (U1 if possible else U0)


@machine_code
def row_step(op: int, n: int, target: Any, held: Any, after: Any, own: Any) -> None:
    """One row of a list of bands, on the value of the rows after it."""
    for i in range(n):
        other = after[i]
        if op == 13:
            hull = min(other, own)
        else:
            hull = max(other, own)
        target[i] = own if held[i] == U2 else hull if held[i] == U1 else other


@machine_code
def evaluate_rows(
    steps: Any, codes: Any, changes8: Any, changes: Any, constants: Any, registers: Any, data: Any, start:
    int,
    end: int, verdicts: Any, los: Any, his: Any,
) -> None:  # fmt: skip
    """Verdicts and scores of rows from start to end; `constants` holds operand c of each step as points."""
    logic = np.zeros((registers[0], BLOCK), np.uint8)
    points = np.zeros((registers[1], BLOCK), los.dtype)
    for first in range(start, end, BLOCK):
        n = min(BLOCK, end - first)
        last = first + n
        for s in range(steps.shape[0]):
            op, to, a, b, c = steps[s, 0], steps[s, 1], steps[s, 2], steps[s, 3], steps[s, 4]
            if op == 0:
                table_step(logic[to], data[a, first:last], n, codes[b:c], changes8[b:c])
            elif op == 8:
                table_step(points[to], data[a, first:last], n, codes[b:c], changes[b:c])
            elif op == 1:
                logic[to, :n] = a
            elif op == 9:
                points[to, :n] = a
            elif op <= 4:
                logic_step(op, n, logic[to], logic[a], logic[b if op > 2 else a])
            elif op <= 6:
                score_step(op, n, logic[to], points[a], points[b], constants[s])
            elif op == 7:
                column, lo, hi, target = data[a, first:last], points[b], points[c], logic[to]
                for i in range(n):
                    e = column[i]
                    target[i] = U2 if e != MISSING and (e < lo[i] or e > hi[i]) else U0
            elif op <= 12:
                points_step(op, n, points[to], points[a], points[b])
            elif op <= 14:
                row_step(op, n, points[to], logic[a], points[b], constants[s])
            elif op == 15:
                column, frame, value = data[a, first:last], points[b], points[to]
                for i in range(n):
                    value[i] = frame[i] if column[i] == MISSING else column[i]
            elif op == 16:
                verdict, root = verdicts[to, first:last], logic[a]
                if b < 0:
                    verdict[:] = root[:n]
                else:
                    fault = logic[b]
                    for i in range(n):
                        verdict[i] = U1 if fault[i] == U2 else root[i]
            elif los.shape[0] > 0:
                los[to, first:last] = points[a, :n]
                his[to, first:last] = points[b, :n]
