"""Reading fields from a marked YAML value: every miss says what was expected, what came, and where."""

from collections.abc import Mapping
from datetime import date

from eligibility.document import Marked
from eligibility.errors import RuleError
from eligibility.parsing import parse
from eligibility.tree import Node


def mapping(value: Marked, what: str, allowed: tuple[str, ...]) -> dict[str, Marked]:
    """The entries of a mapping; a key that isn't allowed is an error."""
    if value.kind != "mapping":
        raise value.error(f"expected {what} as a mapping, got {_came(value)}")
    for key, entry in value.entries.items():
        if key not in allowed:
            raise entry.error(f"expected one of {', '.join(allowed)} in {what}, got `{key}`")
    return value.entries


def items(value: Marked, what: str) -> list[Marked]:
    """The items of a list that isn't empty."""
    if value.kind != "list" or not value.items:
        raise value.error(f"expected {what} as a list with at least one item, got {_came(value)}")
    return value.items


def required(owner: Marked, entries: Mapping[str, Marked], key: str) -> Marked:
    """The entry of that key."""
    if key not in entries:
        raise owner.error(f"expected the key `{key}`, got none; add it")
    return entries[key]


def text(value: Marked) -> str:
    """Text that isn't empty."""
    if value.kind != "text" or not value.text.strip():
        raise value.error(f"expected text, got {_came(value)}")
    return value.text.strip()


def text_of(owner: Marked, entries: Mapping[str, Marked], key: str) -> str:
    """The text of a required entry."""
    return text(required(owner, entries, key))


def optional_text(entries: Mapping[str, Marked], key: str) -> str:
    """The text of an entry, or nothing."""
    return text(entries[key]) if key in entries else ""


def day(value: Marked) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        raise value.error(f"expected a date such as 2026-01-31, got {text(value)}") from None


def expression(value: Marked, scope: Mapping[str, Node]) -> Node:
    """The tree of an expression; its errors get the place in the file."""
    source = value.text if value.kind == "text" else text(value)
    try:
        return parse(source, scope)
    except RuleError as error:
        line, column = error.line or 1, error.column or 1
        if value.block:
            raise RuleError(error.problem, line=value.line + line, column=column) from None
        shift = value.column - 1 if line == 1 else 0
        raise RuleError(error.problem, line=value.line + line - 1, column=column + shift) from None


def _came(value: Marked) -> str:
    if value.kind == "text":
        return f"`{value.text[:40]}`" if value.text else "nothing"
    return f"an empty {value.kind}" if not (value.items or value.entries) else f"a {value.kind}"
