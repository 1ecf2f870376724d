"""Runs the workers one after the other and prints one table of times, ratios and memory."""

import json
import subprocess
import sys
import time
from importlib.util import find_spec

import numpy as np

from eligibility.bench.workers import WORKERS, Result
from eligibility.cli.printing import complain, say

ROWS, PROGRAMMES = 1_000_000, 100
SINGLE_ROWS = 300
GROWTH_ROWS = (10_000, 100_000)
GROWTH_PROGRAMMES = (3, 30, 300)
NEEDED = {"numba": "numba", "openfisca": "openfisca_core", "polars": "polars", "single": "zen"}
FACT_BYTES = 25 * 9
ENCODE_STEPS = 22


def measured(engine: str, rows: int, programmes: int) -> Result | None:
    """The figures of one worker in a process of its own; None when its package is not there or it failed."""
    if engine in NEEDED and find_spec(NEEDED[engine]) is None:
        complain(f"{engine}: not installed, left out")
        return None
    command = [sys.executable, "-W", "ignore", "-m", "eligibility.bench", engine, str(rows), str(programmes)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        complain(f"{engine}: {run.stderr.strip().splitlines()[-1:]}")
        return None
    found: Result = json.loads(run.stdout)
    return found


def work(engine: str, rows: int, programmes: int) -> int:
    """What a worker process does."""
    say(json.dumps(WORKERS[engine](engine, rows, programmes)))
    return 0


def floor(rows: int, programmes: int) -> tuple[float, float]:
    """Estimated floors: reading the facts and writing the codes once; evaluating at one byte operation a
    cycle.
    """
    size = rows * FACT_BYTES
    source = np.ones(size // 8)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        source.sum()
        times.append(time.perf_counter() - began)
    read = min(times)
    a = np.ones(65_536, np.uint8)
    began = time.perf_counter()
    for _ in range(200):
        np.minimum(a, a, out=a)
    byte = (time.perf_counter() - began) / 200 / a.size
    return read, byte * rows * programmes * ENCODE_STEPS / 2


def run(rows: int = ROWS, programmes: int = PROGRAMMES) -> int:
    """Print everything; 0 when all workers ran."""
    began = time.perf_counter()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    say(f"{rows:,} enterprises x {programmes} programmes, 5-15 % of facts missing; ratios count, times drift")
    peer = measured("openfisca", rows, programmes)
    engines = {name: measured(name, rows, programmes) for name in ("numpy", "numba")}
    _whole(peer, engines)
    read, evaluated = floor(rows, programmes)
    say(f"estimated floor: reading the facts once {read:.3f} s, evaluating bytes {evaluated:.3f} s")
    _growth(rows, programmes)
    _one_programme(rows)
    _single(programmes)
    say(f"took {time.perf_counter() - began:.0f} s")
    return 0


def _whole(peer: Result | None, engines: dict[str, Result | None]) -> None:
    say(f"{'engine':22}{'seconds':>9}{'ratio':>8}{'peak MB':>9}")
    if peer:
        say(
            f"{'openfisca':22}{peer['total']:9.2f}{1:8.1f}{peer['peak']:9.0f}  {peer['same']:.2%} of verdicts exact"
        )
    for name, found in engines.items():
        if found is None:
            continue
        for label, key in (
            (name, "total"),
            (f"{name}, stored codes", "stored"),
            (f"{name}, 1,000 changed", "changed"),
        ):
            share = "" if not peer or key == "changed" else f"{peer['total'] / found[key]:8.1f}"
            say(f"{label:22}{found[key]:9.3f}{share:>8}{found['peak']:9.0f}")
        share = f", processor {peer['cpu'] / found['cpu']:.1f} times less than openfisca" if peer else ""
        parts = (
            f"processor {found['cpu']:.2f} s{share}; "
            f"encode {found['encode']:.3f}, evaluate {found['evaluate']:.3f}, plan {found['plan']:.3f} s"
        )
        memory = f", memory {found['peak'] / peer['peak']:.2f} of openfisca" if peer else ""
        say(f"  {parts}, {found['fallbacks']:.0f} values settled in whole numbers of Python{memory}")


def _growth(rows: int, programmes: int) -> None:
    for engine in ("numpy", "numba"):
        times = [(f"{n:,} x {programmes}", measured(engine, n, programmes)) for n in GROWTH_ROWS if n < rows]
        times += [(f"{rows:,} x {n}", measured(engine, rows, n)) for n in GROWTH_PROGRAMMES]
        say(
            f"growth {engine}: "
            + "; ".join(f"{name} {found['total']:.3f} s" for name, found in times if found)
        )


def _one_programme(rows: int) -> None:
    parts = [(name, measured(name, rows, 1)) for name in ("polars", "numpy", "numba")]
    say("one programme: " + "; ".join(f"{name} {found['total']:.3f} s" for name, found in parts if found))


def _single(programmes: int) -> None:
    found = measured("single", SINGLE_ROWS, programmes)
    if found:
        verdict, explained = found["verdict_100"], found["explained_100"]
        say(
            f"one enterprise x {programmes}: verdict {verdict * 1e3:.2f} ms, "
            f"explained {explained * 1e3:.2f} ms, {explained / verdict:.1f} times"
        )
        ours, zen = found["explained_row"], found["zen_row"]
        say(f"a row: explained {ours * 1e6:.0f} us, zen without {zen * 1e6:.0f} us, ratio {zen / ours:.1f}")
