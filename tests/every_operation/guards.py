"""Where the house refuses: every place in the source that makes a refusal or names a missing condition, and which of them
an operation can come to. Read from the source and from the functions themselves, so that no guard is left out by hand.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from django.db.models import Model

import keqiao
from keqiao.accounts.permissions import is_manager, is_service_staff
from keqiao.kernel.platform import errors
from keqiao.kernel.platform.policy import Rule
from keqiao.kernel.steps.gates import gates
from keqiao.kernel.steps.modules import installed
from keqiao.kernel.steps.operation import Operation

SOURCE = Path(keqiao.__file__).parent
# Refusals of the kernel and of the faces are those of every step; the plain steps of `faces` are the modules' own.
PLAIN = SOURCE / "faces/defaults.py"
# Rules that look at the person alone: what the plain steps ask of the row written was asked of them before it.
SAME_OF_EVERY_ROW = (is_manager, is_service_staff)


@dataclass(frozen=True, order=True)
class Site:
    """A place that refuses. Known by its function, and by its turn in it, which outlive other changes of the file."""

    function: str  # as engagement.intake.operations.material:finish_review
    turn: int
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.function}:{self.turn}"


def is_refusal(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, errors.Refusal | errors.Missing)


@cache
def sites() -> tuple[Site, ...]:
    return tuple(sorted(site for path in files() for site in sites_in(path)))


def files() -> Iterator[Path]:
    """Every file of the modules that are installed, without migrations."""
    yield PLAIN
    for config in installed():
        folder = Path(config.path)
        if folder.is_relative_to(SOURCE) and folder.name not in {"kernel", "faces"}:
            yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def sites_in(path: Path) -> Iterator[Site]:
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    for name, nodes in functions_of(ast.parse(path.read_text(encoding="utf-8"))):
        lines = sorted(node.lineno for node in nodes if refuses(node))
        yield from (Site(f"{module}:{name}", turn, path, line) for turn, line in enumerate(lines, start=1))


def functions_of(tree: ast.AST, name: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Each function by its full name, with what stands in it and in no function inside it."""
    inside: list[Any] = []
    below: list[tuple[str, ast.AST]] = []
    left = list(ast.iter_child_nodes(tree))
    while left:
        node = left.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            below.append((f"{name}.{node.name}".lstrip("."), node))
        else:
            inside.append(node)
            left += ast.iter_child_nodes(node)
    yield name, inside
    for inner, node in below:
        yield from functions_of(node, inner)


REFUSALS = {name for name, thing in vars(errors).items() if is_refusal(thing)}


def refuses(node: Any) -> bool:
    """`Invalid(…)`, `Missing(…)`, `raise NotFound`, `rule.require(…)`."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Raise(exc=ast.Name(id=name)):
            return name in REFUSALS
        case ast.Call(func=ast.Attribute(attr="require")):
            return True
    return False


def sites_of(op: Operation) -> set[Site]:
    """Where this step can be refused by its own body and guards and by what they call; not by steps they take along."""
    places = {(code.co_filename, line) for code in codes_of(op) for _start, _end, line in code.co_lines()}
    found = {site for site in sites() if (str(site.path), site.line) in places}
    plain = {site for site in found if site.path == PLAIN and op.permission in SAME_OF_EVERY_ROW}
    return found - plain


def codes_of(op: Operation) -> set[CodeType]:
    found: set[CodeType] = set()
    left: list[Any] = [op.handler, op.guard, *(one.missing for one in gates() if one.step == op.name)]
    while left:
        for function in functions_behind(left.pop()):
            if function.__code__ not in found:
                found |= set(nested(function.__code__))
                left += called_by(function)
    return found


def functions_behind(thing: Any) -> Iterator[FunctionType]:
    """The functions of the modules that calling `thing` runs."""
    if isinstance(thing, Operation | ModuleType):
        return
    if isinstance(thing, tuple | list):
        for one in thing:
            yield from functions_behind(one)
    elif inspect.isclass(thing):
        if is_ours(thing) and not issubclass(thing, Model | BaseException):
            yield from (one for one in vars(thing).values() if isinstance(one, FunctionType))
    else:
        inner = inspect.unwrap(thing) if callable(thing) else thing
        if isinstance(inner, FunctionType) and is_ours(inner):
            yield inner


def is_ours(thing: Any) -> bool:
    module = getattr(thing, "__module__", "") or ""
    code = getattr(thing, "__code__", None)
    if code:
        return code.co_filename in file_names()
    return module.startswith("keqiao.") and not module.startswith("keqiao.kernel.")


@cache
def file_names() -> frozenset[str]:
    return frozenset(map(str, files()))


def called_by(function: FunctionType) -> Iterator[Any]:
    """What its code names: functions, those of modules it names, what it closes over, methods by their name."""
    names = {name for code in nested(function.__code__) for name in code.co_names}
    here = [function.__globals__[name] for name in names if name in function.__globals__]
    yield from here
    for module in here:
        if isinstance(module, ModuleType) and module.__name__.startswith("keqiao."):
            yield from (vars(module)[name] for name in names if name in vars(module))
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from (method for method in methods_that_refuse() if method.__name__ in names)


def nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from nested(const)


@cache
def methods_that_refuse() -> tuple[FunctionType, ...]:
    """Methods are called on objects that the source doesn't name: they are found by what they are called."""
    import sys

    named = {site.function for site in sites()}
    found = []
    for path in files():
        dotted = ".".join(("keqiao", *path.relative_to(SOURCE).with_suffix("").parts))
        module = sys.modules.get(dotted)
        for one in vars(module).values() if module else ():
            if inspect.isclass(one) and one.__module__ == dotted and not issubclass(one, Model):
                short = f"{dotted.removeprefix('keqiao.')}:{one.__name__}"
                found += [
                    method
                    for name, method in vars(one).items()
                    if isinstance(method, FunctionType) and f"{short}.{name}" in named
                ]
    return tuple(found)


def parts_of(rule: Rule) -> Iterator[Rule]:
    """The rules that must all hold, where there are several."""
    for part in rule.parts:
        yield from parts_of(part) if part.parts else (part,)
