"""What is measured, each in a process of its own so that its peak memory is its own."""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from eligibility.bench.clones import clones
from eligibility.bench.people import invented_table
from eligibility.bulk import compile_plan, encode, evaluate_codes, renew
from eligibility.bulk.float_bounds import facts_of_row
from eligibility.bulk.plan import Plan
from eligibility.bulk.table import Table
from eligibility.compiled import compile_version
from eligibility.evaluation import evaluate, plan_of, verdict_of
from eligibility.programme import Version

ON = date(2026, 6, 15)
WARM_ROWS = 1000
REPEATS = 2
SINGLES = 20
GROWTH_ROWS = (10_000, 100_000)
GROWTH_PROGRAMMES = (1, 3, 30, 300)
MANY = 10**8
"""Results of a pass that is timed once only."""
Result = dict[str, float]


def peak() -> float:
    """The greatest resident memory of this process so far, in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def best(
    work: Callable[[], Any], repeats: int = REPEATS, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The least of some times."""
    times = []
    for _ in range(repeats):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def _setting(programmes: int, rows: int) -> tuple[list[Version], Plan, Table, float]:
    versions = clones(programmes)
    began = time.perf_counter()
    plan = compile_plan(versions)
    planned = time.perf_counter() - began
    return versions, plan, invented_table(plan.facts, rows), planned


def codes(engine: str, rows: int, programmes: int) -> Result:
    """The whole pass, encoding and evaluation apart, stored codes, 1,000 changed rows."""
    _versions, plan, table, planned = _setting(programmes, rows)
    warm = encode(plan, table.part(slice(0, WARM_ROWS)), ON, engine)
    evaluate_codes(plan, warm, engine, scores=False)
    result: Result = {"plan": planned, "total": 9e9}
    encoded: Any = None
    verdicts: Any = None
    for _ in range(REPEATS):
        del encoded, verdicts  # those of the pass before, which nobody would hold beside their successors
        began, worked = time.perf_counter(), time.process_time()
        encoded = encode(plan, table, ON, engine)
        middle = time.perf_counter()
        verdicts = evaluate_codes(plan, encoded, engine, scores=False)
        end = time.perf_counter()
        if end - began < result["total"]:
            result |= {
                "cpu": time.process_time() - worked,
                "total": end - began,
                "encode": middle - began,
                "evaluate": end - middle,
            }
    result["peak"] = peak()

    def stored() -> None:
        evaluate_codes(plan, encoded, engine, scores=False, into=verdicts)

    result |= {"stored": best(stored, 3), "stored_cpu": best(stored, 3, time.process_time)}
    changed = np.arange(0, rows, max(1, rows // 1000))[:1000]

    def again() -> None:
        renew(plan, encoded, table, changed, engine)
        part = type(encoded)(np.ascontiguousarray(encoded.data[:, changed]), encoded.fingerprint, ON)
        evaluate_codes(plan, part, engine, scores=False)

    again()
    held = table.wholes.nbytes + table.missing.nbytes + table.bytes.nbytes
    sizes = {"steps": len(plan.steps.steps), "facts": held, "codes": encoded.data.nbytes}
    return result | sizes | {"changed": best(again, 3), "fallbacks": encoded.fallbacks}


def growth(engine: str, rows: int, programmes: int) -> Result:
    """The whole pass with few and many enterprises, few and many programmes, in one process."""
    engine = engine.partition(" ")[2]
    versions = clones(max(GROWTH_PROGRAMMES))
    table = invented_table(compile_plan(versions).facts, rows)
    wanted = [(count, programmes) for count in GROWTH_ROWS if count < rows]
    wanted += [(rows, count) for count in GROWTH_PROGRAMMES]
    seconds = {}
    for count, asked in wanted:
        plan, part = compile_plan(versions[:asked]), table.part(slice(0, count))
        whole = _pass_of(plan, part, engine)
        whole()
        seconds[f"{count:,} x {asked}"] = best(whole, 1 if count * asked > MANY else REPEATS)
    return seconds


def _pass_of(plan: Plan, table: Table, engine: str) -> Callable[[], Any]:
    return lambda: evaluate_codes(plan, encode(plan, table, ON, engine), engine, scores=False)


def openfisca(_: str, rows: int, programmes: int) -> Result:
    """The peer in bulk, and how far its verdicts on the first rows are the exact ones."""
    from eligibility.bench.openfisca import Peer, peer_facts

    versions, plan, table, _planned = _setting(programmes, rows)
    peer = Peer(versions, ON.toordinal(), ON.year)
    facts, few = peer_facts(table), table.part(slice(0, min(rows, 20_000)))
    exact = evaluate_codes(plan, encode(plan, few, ON, "numpy"), "numpy", scores=False).verdicts
    del table
    before = peak()
    began, worked = time.perf_counter(), time.process_time()
    verdicts = peer.run(facts, rows)
    total, cpu = time.perf_counter() - began, time.process_time() - worked
    same = np.mean(
        [np.mean(theirs[: few.rows] == other) for theirs, other in zip(verdicts, exact, strict=True)]
    )
    return {"total": total, "cpu": cpu, "peak": peak(), "before": before, "same": float(same)}


def polars(_: str, rows: int, programmes: int) -> Result:
    """Polars, streamed."""
    from eligibility.columns.in_polars import evaluate_polars, frame_of

    versions, plan, table, _planned = _setting(programmes, rows)
    frame = frame_of(table, plan.facts)
    del table
    return {"total": best(lambda: evaluate_polars(versions, frame, ON)), "peak": peak()}


def single(_: str, rows: int, programmes: int) -> Result:
    """One row at a time: verdict alone, explained, and ZEN without explanation."""
    from eligibility.bench.zen import zen_decision

    versions = clones(programmes)
    names = compile_plan(versions).facts
    table = invented_table(names, rows)
    people = [facts_of_row(table, row, ON) for row in range(rows)]
    person = people[0]
    for version in versions:
        compile_version(version), plan_of(version), evaluate(version, person).missing

    def explained(chosen: Any, facts: Any) -> tuple[Any, ...]:
        evaluation = evaluate(chosen, facts)
        return evaluation.verdict, evaluation.conditions, evaluation.bands, evaluation.missing

    known = _known_everywhere(names)
    decisions = [zen_decision(version) for version in versions[:3]]
    for decide in decisions:
        decide(known)
    pairs, clock = 3 * rows, time.process_time  # milliseconds: what others do would count otherwise
    return {
        "verdict_100": best(lambda: [verdict_of(version, person) for version in versions], SINGLES, clock),
        "explained_100": best(lambda: [explained(version, person) for version in versions], SINGLES, clock),
        "explained_row": best(
            lambda: [explained(v, facts) for v in versions[:3] for facts in people], 3, clock
        )
        / pairs,
        "zen_row": best(lambda: [decide(known) for decide in decisions for _ in range(rows)], 3, clock)
        / pairs,
    }


def _known_everywhere(names: tuple[str, ...]) -> dict[str, Any]:
    """An enterprise without missing facts, plain numbers as ZEN wants them."""
    table = invented_table(names, 1)
    table.missing[:] = False
    table.wholes[:] = np.maximum(table.wholes, 1000)
    table.bytes[:] = 1
    facts = facts_of_row(table, 0, ON)
    return {
        name: value if isinstance(value, bool | str | int) else float(value) for name, value in facts.items()
    }


WORKERS: dict[str, Callable[[str, int, int], Result]] = {
    "numpy": codes, "numba": codes, "openfisca": openfisca, "polars": polars, "single": single,
    "growth numpy": growth, "growth numba": growth,
}  # fmt: skip
