"""What stands in the way of a step: a refusal, an answer of a guard, a gate, a right that is asked for."""

import ast
from collections.abc import Iterator

from mutants.source import Mutant, Source, argument, called

REFUSALS = {"Refusal", "Invalid", "NotAllowed", "NotFound", "WrongState"}


def guards(source: Source) -> Iterator[Mutant]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.If) and raises(node) in REFUSALS:
            said = f"`if {source.short(node.test)}: raise {raises(node)}` dropped"
            yield source.mutant("guard", node, said, source.instead(node.test, "False"))
        if isinstance(node, ast.Expr) and called(node.value) in {"require", "gate"}:
            yield source.mutant(
                "guard", node, f"`{source.short(node)}` dropped", source.instead(node, "pass")
            )
        if isinstance(node, ast.Call) and called(node) == "Missing":
            yield from answers(source, node)
        if isinstance(node, ast.Call) and called(node) == "operation":
            yield from declared(source, node)


def raises(node: ast.If) -> str:
    """What an `if` does nothing but raise."""
    only = node.body[0]
    return called(only.exc) if len(node.body) == 1 and isinstance(only, ast.Raise) else ""


def declared(source: Source, decorator: ast.Call) -> Iterator[Mutant]:
    guard, step = argument(decorator, "guard"), source.parents[decorator]
    if guard and isinstance(step, ast.FunctionDef):
        yield source.mutant(
            "guard", guard, f"`{source.short(guard)}` dropped", source.without(decorator.keywords, guard)
        )


def answers(source: Source, call: ast.Call) -> Iterator[Mutant]:
    """What a guard says is missing."""
    statement = next(above for above in source.above(call) if isinstance(above, ast.stmt))
    inside = source.parents[statement]
    if isinstance(statement, ast.Expr):
        yield source.mutant(
            "guard", statement, f"`{source.short(statement)}` dropped", source.instead(statement, "pass")
        )
    if not isinstance(statement, ast.Return):
        return
    if isinstance(inside, ast.If) and inside.body == [statement] and not inside.orelse:
        said = f"`if {source.short(inside.test)}: {source.short(statement)}` dropped"
        yield source.mutant("guard", inside, said, source.instead(inside.test, "False"))
    else:
        said = f"`{source.short(statement)}` dropped"
        yield source.mutant("guard", statement, said, source.instead(statement, "return []"))
