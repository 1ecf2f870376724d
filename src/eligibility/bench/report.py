"""Runs the workers one after the other and prints one table of times, ratios and memory."""

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec

import numpy as np

from eligibility.bench.workers import WORKERS, Result, best
from eligibility.bulk.cores import cores
from eligibility.cli.printing import complain, say

ROWS, PROGRAMMES = 1_000_000, 100
SINGLE_ROWS = 300
NEEDED = {
    "numba": "numba",
    "openfisca": "openfisca_core",
    "polars": "polars",
    "single": "zen",
    "growth numba": "numba",
}


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
    result: Result = json.loads(run.stdout)
    return result


def work(engine: str, rows: int, programmes: int) -> int:
    """What a worker process does."""
    say(json.dumps(WORKERS[engine](engine, rows, programmes)))
    return 0


def floor(size: float, steps: float, rows: int) -> tuple[float, float]:
    """Estimated floors on all cores: facts and codes passing through memory once; each step on bytes once, in the
    cache.
    """
    source, a = np.ones(int(size) // 8), np.ones(32_768, np.uint8)
    read = best(source.sum, 3)
    byte = best(lambda: np.minimum(a, a, out=a), 1000) / a.size
    return read / cores(), byte * rows * steps / cores()


def run(rows: int = ROWS, programmes: int = PROGRAMMES) -> int:
    """Print everything; 0 when all workers ran."""
    began = time.perf_counter()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    say(f"{rows:,} enterprises x {programmes} programmes, 5-15 % of facts missing; ratios count, times drift")
    say(f"{cores()} cores, load before {_load()}")
    peer = measured("openfisca", rows, programmes)
    engines = {name: measured(name, rows, programmes) for name in ("numpy", "numba")}
    _whole(peer, engines)
    _floor(engines["numpy"], rows)
    _growth(rows, programmes)
    _single(programmes)
    say(f"took {time.perf_counter() - began:.0f} s, load after {_load()}")
    return 0


def _whole(peer: Result | None, engines: dict[str, Result | None]) -> None:
    say(f"{'engine':22}{'seconds':>9}{'ratio':>8}{'peak MB':>9}")
    if peer:
        say(
            f"{'openfisca':22}{peer['total']:9.2f}{1:8.1f}{peer['peak']:9.0f}  {peer['same']:.2%} of verdicts exact"
        )
    for name, result in engines.items():
        if result is None:
            continue
        for label, key in (
            (name, "total"),
            (f"{name}, stored codes", "stored"),
            (f"{name}, 1,000 changed", "changed"),
        ):
            share = "" if not peer or key == "changed" else f"{peer['total'] / result[key]:8.1f}"
            say(f"{label:22}{result[key]:9.3f}{share:>8}{result['peak']:9.0f}")
        share = (
            f", {peer['cpu'] / result['cpu']:.1f} times less than openfisca, "
            f"from stored codes {peer['cpu'] / result['stored_cpu']:.1f} times"
            if peer
            else ""
        )
        parts = (
            f"processor {result['cpu']:.2f} s{share}; "
            f"encode {result['encode']:.3f}, evaluate {result['evaluate']:.3f}, plan {result['plan']:.3f} s"
        )
        memory = f", memory {result['peak'] / peer['peak']:.2f} of openfisca" if peer else ""
        say(f"  {parts}, {result['fallbacks']:.0f} values settled in whole numbers of Python{memory}")


def _floor(result: Result | None, rows: int) -> None:
    if result:
        read, evaluated = floor(result["facts"] + result["codes"], result["steps"], rows)
        say(
            f"estimated floor: encode {read:.3f} s (facts and codes through memory once), "
            f"evaluate {evaluated:.3f} s ({result['steps']:.0f} steps on bytes in the cache)"
        )


def _growth(rows: int, programmes: int) -> None:
    for engine in ("growth numpy", "growth numba"):
        result = measured(engine, rows, programmes)
        if result:
            say(f"{engine}: " + "; ".join(f"{name} {seconds:.3f} s" for name, seconds in result.items()))
    polars = measured("polars", rows, 1)
    if polars:
        say(f"one programme in polars: {rows:,} x 1 {polars['total']:.3f} s")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _single(programmes: int) -> None:
    result = measured("single", SINGLE_ROWS, programmes)
    if result:
        verdict, explained = result["verdict_100"], result["explained_100"]
        say(
            f"one enterprise x {programmes}, processor time: verdict {verdict * 1e3:.2f} ms, "
            f"explained {explained * 1e3:.2f} ms, {explained / verdict:.1f} times"
        )
        ours, zen = result["explained_row"], result["zen_row"]
        say(
            f"a row, processor time: explained {ours * 1e6:.0f} us, zen without {zen * 1e6:.0f} us, ratio {zen / ours:.1f}"
        )
