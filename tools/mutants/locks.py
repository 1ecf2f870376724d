"""What keeps two from writing at once, and the database from holding what can't be."""

import ast
from collections.abc import Iterator

from mutants.guards import raises
from mutants.source import Edit, Mutant, Source, argument, called, name_of

NO_TRANSACTION = '__import__("contextlib").nullcontext()'


def locks(source: Source) -> Iterator[Mutant]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield from calls(source, node)
        if isinstance(node, ast.If) and raises(node) == "Conflict":
            said = f"`if {source.short(node.test)}: raise Conflict` dropped"
            yield source.mutant("lock", node, said, source.instead(node.test, "False"))
        if isinstance(node, ast.Assign) and keeps_version(source, node.targets[0]):
            yield source.mutant("lock", node, f"`{source.short(node)}` dropped", source.instead(node, "pass"))
        if isinstance(node, ast.Assign) and name_of(node.targets[0]) == "constraints":
            yield from constraints(source, node)
    if source.path.endswith("append_only.py"):
        yield from triggers(source)


def keeps_version(source: Source, target: ast.AST) -> bool:
    return isinstance(target, ast.Subscript) and "version" in source.text(target.slice)


def calls(source: Source, call: ast.Call) -> Iterator[Mutant]:
    said, above = f"`{source.short(call)}` dropped", source.parents[call]
    if called(call) == "select_for_update" and isinstance(call.func, ast.Attribute):
        plain = source.instead(call, f"{source.text(call.func.value)}.all()")
        yield source.mutant("lock", call, f"`{source.short(call)}` without its lock", plain, postgres=True)
    if called(call) == "hold" or (called(call) == "execute" and "advisory" in source.text(call)):
        yield source.mutant("lock", call, said, source.instead(call, "None"), postgres=True)
    if called(call) == "guard" and isinstance(above, ast.Expr):
        yield source.mutant("lock", call, said, source.instead(call, "None"), schema=True)
    if called(call) == "atomic" and isinstance(above, ast.withitem):
        yield source.mutant("lock", call, said, source.instead(call, NO_TRANSACTION))


def constraints(source: Source, assigned: ast.Assign) -> Iterator[Mutant]:
    """The model doesn't say it any more, and a migration has taken it away."""
    classes = [above for above in source.above(assigned) if isinstance(above, ast.ClassDef)]
    if not isinstance(assigned.value, ast.List):
        return
    for constraint in assigned.value.elts:
        assert isinstance(constraint, ast.Call)
        said = argument(constraint, "name")
        assert said is not None
        name = ast.literal_eval(said.value)
        edits = source.without(assigned.value.elts, constraint), removal(source, classes[1].name, name)
        yield source.mutant("lock", constraint, f"{called(constraint)} `{name}` dropped", *edits, schema=True)


def removal(source: Source, model: str, constraint: str) -> Edit:
    folder = source.home / "src/keqiao" / source.app / "migrations"
    last = max(path.stem for path in folder.glob("[0-9]*.py"))
    text = (
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [({source.app!r}, {last!r})]\n"
        f"    operations = [migrations.RemoveConstraint(model_name={model.lower()!r}, name={constraint!r})]\n"
    )
    path = folder / f"{int(last[:4]) + 1:04}_without_{constraint}.py"
    return Edit(str(path.relative_to(source.home)), 0, 0, text)


def triggers(source: Source) -> Iterator[Mutant]:
    """Tables of the record that may be changed, or changed in more ways."""
    for node in source.tree.body:
        if not isinstance(node, ast.Assign):
            continue
        if name_of(node.targets[0]) == "MAY_CHANGE" and isinstance(node.value, ast.Dict):
            for key, allowed in zip(node.value.keys, node.value.values, strict=True):
                assert isinstance(key, ast.Constant)
                said = f"rows of `{key.value}` may be changed in any way"
                yield source.mutant("lock", allowed, said, source.instead(allowed, '"1 = 1"'), schema=True)
        if name_of(node.targets[0]) == "TABLES" and isinstance(node.value, ast.List):
            for table in node.value.elts:
                if isinstance(table, ast.Constant):
                    edit = source.without(node.value.elts, table)
                    yield source.mutant("lock", table, f"`{table.value}` is not held", edit, schema=True)
