"""What conformity counts: a line of evidence that is gone, a measure that is always met."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

from mutants.source import Edit, Mutant, Source, argument, called

EVERY_ROW = "~Q(pk__in=[])"
MET = {"share": "has", "timely": "done", "rhythm": "months", "none_open": "open"}


def measures(source: Source) -> Iterator[Mutant]:
    if not source.path.endswith("/measures.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in MET:
            yield from measure(source, node)


def measure(source: Source, call: ast.Call) -> Iterator[Mutant]:
    kind, said = called(call), f"measure `{ast.literal_eval(call.args[0])}`"
    decides, due, when = argument(call, MET[kind]), argument(call, "due"), argument(call, "when")
    assert decides is not None
    always = {
        "share": EVERY_ROW,
        "timely": source.text(due.value) if due else "",
        "rhythm": "10_000",
        "none_open": "lambda _day: Q(pk__in=[])",
    }
    yield source.mutant(
        "evidence", call, f"{said} is always met", source.instead(decides.value, always[kind])
    )
    if when:
        yield source.mutant(
            "evidence", call, f"{said} counts all rows", source.instead(when.value, EVERY_ROW)
        )


def lines(home: Path) -> Iterator[Mutant]:
    """Each line of each evidence.yaml; where it is a clause's only one, the clause goes with it."""
    for path in sorted((home / "src/keqiao").glob("*/evidence.yaml")):
        yield from lines_of(home, path)


def lines_of(home: Path, path: Path) -> Iterator[Mutant]:
    data, name = path.read_bytes(), str(path.relative_to(home))
    starts = [0]
    for row in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    whole = yaml.compose(data.decode())
    clauses = next(value for key, value in whole.value if key.value == "evidence")
    for clause, items in clauses.value:
        for item in items.value:
            said = {key.value: value.value for key, value in item.value}
            first = clause.start_mark.line if len(items.value) == 1 else item.start_mark.line
            edit = Edit(name, starts[first], starts[item.end_mark.line + 1], "")
            what = f"line of {clause.value} dropped: {said['kind']} `{said.get('ref', said['note'])}`"
            names = frozenset({said.get("ref", "")}) - {""}
            yield Mutant("evidence", name, item.start_mark.line + 1, what, (edit,), names)
