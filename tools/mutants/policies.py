"""Who sees, and who may: scopes and rules that let everybody in, or ask one thing less."""

import ast
from collections.abc import Iterator

from mutants.source import Mutant, Source, argument, called, name_of

ALL_ROWS = "lambda _actor, _verb: policy.EVERYTHING"
EVERY_ROW = "~Q(pk__in=[])"


def policies(source: Source) -> Iterator[Mutant]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) == "register":
            yield from registered(source, node)
        if isinstance(node, ast.FunctionDef):
            yield from declared(source, node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd) and is_permission(source, node):
            yield from one_side(source, node)


def registered(source: Source, call: ast.Call) -> Iterator[Mutant]:
    scope, fields = argument(call, "scope"), argument(call, "fields")
    said = f"`{source.short(call)}`"
    if scope:
        yield source.mutant("policy", call, f"{said}: open to all", source.instead(scope.value, ALL_ROWS))
    if scope and fields:
        yield source.mutant(
            "policy", call, f"{said}: all its fields open", source.instead(fields.value, "{}")
        )


def declared(source: Source, function: ast.FunctionDef) -> Iterator[Mutant]:
    if any(called(decorator) == "rule" for decorator in function.decorator_list):
        yield source.mutant(
            "policy",
            function,
            f"rule `{function.name}` always says yes",
            source.first(function, "return True"),
        )
    if name_of(function.returns) == "Q" and any(given.arg == "actor" for given in function.args.args):
        for node in ast.walk(function):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
                yield from one_side(source, node)
            if isinstance(node, ast.Call) and called(node) == "Q":
                yield from terms(source, node)


def is_permission(source: Source, node: ast.BinOp) -> bool:
    for above in source.above(node):
        if isinstance(above, ast.keyword):
            return above.arg in {"permission", "may"}
        if isinstance(above, ast.stmt):
            return source.path.endswith("permissions.py") and not isinstance(above, ast.If)
    return False


def one_side(source: Source, node: ast.BinOp) -> Iterator[Mutant]:
    """Of two things that must both hold, one."""
    if "roles" in {name_of(node.left), name_of(node.right)}:
        return  # what two sets have in common
    for gone, stays in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(gone, ast.BinOp):
            said = f"`{source.short(gone)}` of `{source.short(node)}` dropped"
            yield source.mutant("policy", node, said, source.instead(node, source.text(stays)))


def terms(source: Source, call: ast.Call) -> Iterator[Mutant]:
    """Of the conditions of an open row, one."""
    for term in call.keywords:
        alone = len(call.keywords) == 1
        edit = source.instead(call, EVERY_ROW) if alone else source.without(call.keywords, term)
        yield source.mutant("policy", call, f"`{source.short(term)}` of `{source.short(call)}` dropped", edit)
