"""Which strings of the sources a person may see: the message ids of Python files and of templates."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

# How many leading arguments of each function are a context, and how many are texts.
SHAPES = {"gettext": (0, 1), "ngettext": (0, 2), "pgettext": (1, 1), "npgettext": (1, 2), "_": (0, 1)}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)


class Message(NamedTuple):
    context: str | None
    text: str
    plural: str | None
    where: str

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def messages_of(app: Path) -> Iterator[Message]:
    """Every message of one app, in the order of its files."""
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from of_python(path.read_text(), path.relative_to(app.parent).as_posix())
    for path in sorted([*app.rglob("templates/**/*.html"), *app.rglob("templates/**/*.txt")]):
        yield from of_template(path.read_text(), path.relative_to(app.parent).as_posix())


def of_python(source: str, where: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _called(node.func, names)):
            texts = [
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if message := _message(function, texts, f"{where}:{node.lineno}"):
                yield message


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names under which a module knows gettext and its relatives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                yield alias.asname or alias.name, _plain(alias.name)


def _called(function: ast.expr, names: dict[str, str]) -> str:
    if isinstance(function, ast.Name):
        return names.get(function.id, "")
    if (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "translation"
    ):
        return _plain(function.attr)
    return ""


def _plain(name: str) -> str:
    name = name.removesuffix("_lazy").removesuffix("_noop")
    return name if name in SHAPES else ""


@cache
def _literals(written: str) -> tuple[str, ...]:
    return tuple(ast.literal_eval(f"({written},)"))


def of_template(source: str, where: str) -> Iterator[Message]:
    text = templatize(source, origin=where)
    for call in CALL.finditer(text):
        line = text.count("\n", 0, call.start()) + 1
        if message := _message(call[1], list(_literals(call[2])), f"{where}:{line}"):
            yield message


def _message(function: str, texts: list[str], where: str) -> Message | None:
    """None where the text is not written out: a variable given to gettext is translated where it was first written."""
    contexts, wanted = SHAPES[function]
    if len(texts) < contexts + wanted:
        return None
    context = texts[0] if contexts else None
    text, *plural = texts[contexts : contexts + wanted]
    return Message(context, text, plural[0] if plural else None, where) if text else None
