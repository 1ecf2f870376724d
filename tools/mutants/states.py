"""In which state a step may be taken: one state more, with the move it needs; a look at a state that isn't taken."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutants.source import Edit, Mutant, Source, argument, called, name_of

TRUE = {ast.Eq: "True", ast.In: "True", ast.NotEq: "False", ast.NotIn: "False"}
ASK = """
import json, sys, django
django.setup()
from keqiao.kernel.steps.operation import operations
steps = {
    op.name: {
        "when": op.when, "then": op.then, "enum": op.table.states.__name__,
        "names": {value: name for name, value in zip(op.table.states.names, op.table.states.values)},
        "moves": {str(one): [*map(str, many)] for one, many in op.table.moves.items()},
    }
    for op in operations() if op.table and op.when
}
print(json.dumps(steps))
"""


def looks(source: Source) -> Iterator[Mutant]:
    """Where code asks for a state by itself."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Compare)
            and name_of(node.left) in {"state", "stage"}
            and type(node.ops[0]) in TRUE
        ):
            said = f"`{source.short(node)}` not asked"
            yield source.mutant("state", node, said, source.instead(node, TRUE[type(node.ops[0])]))
        if isinstance(node, ast.Call) and called(node) in {"filter", "exclude", "Q"}:
            yield from conditions(source, node)


def conditions(source: Source, call: ast.Call) -> Iterator[Mutant]:
    if source.in_meta(call):
        return
    for term in call.keywords:
        if term.arg and term.arg.split("__in")[0].split("__")[-1] in {"state", "stage"}:
            parts: list[ast.AST] = [*call.args, *call.keywords]
            alone = len(parts) == 1 and called(call) == "Q"
            edit = source.instead(call, "~Q(pk__in=[])") if alone else source.without(parts, term)
            yield source.mutant(
                "state", call, f"`{source.short(term)}` of `{source.short(call)}` dropped", edit
            )


def begun_elsewhere(home: Path, files: list[Source]) -> Iterator[Mutant]:
    """For each step and each state it doesn't begin in: it does. Where states.py knows no such move, it is added."""
    steps = declared(home)
    tables = {
        name: entry for source in files if source.path.endswith("states.py") for name, entry in moves(source)
    }
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name in steps:
                for decorator in node.decorator_list:
                    if called(decorator) == "operation" and isinstance(decorator, ast.Call):
                        yield from elsewhere(source, node, decorator, steps[node.name], tables)


def declared(home: Path) -> dict[str, Any]:
    """What the program itself says of its steps and their states."""
    settings = {
        **os.environ,
        "PYTHONPATH": str(home / "src"),
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=settings, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    return found


def moves(source: Source) -> Iterator[tuple[str, dict[str, tuple[Source, ast.AST]]]]:
    """Of each table, by the name of its states: what may follow each, as it stands in the file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) == "table" and isinstance(node.args[1], ast.Dict):
            pairs = zip(node.args[1].keys, node.args[1].values, strict=True)
            yield name_of(node.args[0]), {name_of(key): (source, value) for key, value in pairs}


def elsewhere(
    source: Source, step: ast.FunctionDef, decorator: ast.Call, facts: dict[str, Any], tables: dict[str, Any]
) -> Iterator[Mutant]:
    when = argument(decorator, "when")
    if when is None:
        return
    for state, name in facts["names"].items():
        if state in facts["when"]:
            continue
        edits = [source.instead(when.value, repr((*facts["when"], state)))]
        led = [after for after in facts["then"] if after in facts["moves"][state]]
        if facts["then"] and not led:
            edits.append(added(*tables[facts["enum"]][name], facts["then"][0]))
        said = f"also begins in the state `{state}`" + (" (move added)" if len(edits) > 1 else "")
        yield source.mutant("state", step, f"`{step.name}` {said}", *edits)


def added(source: Source, followers: ast.AST, after: str) -> Edit:
    return source.instead(followers, f"(*{source.text(followers)}, {after!r})")
