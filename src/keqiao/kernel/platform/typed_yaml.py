"""YAML files as frozen dataclasses: the dataclass is the schema, a message says what is wrong where.

For data shipped with the code: catalogue, clauses, questionnaires. No Django: a plain script can check one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

T = TypeVar("T")


class DataError(ValueError):
    """A data file is not what its reader expects: where, what was expected, what came, what to do."""

    def __init__(self, *, where: str, expected: str, came: object, remedy: str) -> None:
        self.where = where
        super().__init__(f"{where}: expected {expected}, came {came!r}. {remedy}")


class _Loader(yaml.CSafeLoader):
    """Safe, and quick, since each start reads these files; a key written twice is an error instead of a silent loss of the
    first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise DataError(
                    where=f"{key.start_mark.name}, line {key.start_mark.line + 1}",
                    expected="each key once",
                    came=key.value,
                    remedy="Remove or rename one of the two.",
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read(*, path: Path, schema: type[T]) -> T:
    """The file as one instance of `schema`."""
    try:
        with path.open(encoding="utf-8") as file:
            raw = yaml.load(file, Loader=_Loader)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        raise DataError(
            where=path.name,
            expected="YAML",
            came=str(error),
            remedy="Check indentation, colons and quotes there.",
        ) from error
    built: T = _build(schema, raw, path.name)
    return built


def read_folder(*, folder: Path, schema: type[T], pattern: str = "*.yaml") -> tuple[T, ...]:
    """Every file of the folder in the order of its name; an empty folder is an error, not an empty answer."""
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise DataError(
            where=str(folder),
            expected=f"files named {pattern}",
            came="none",
            remedy="Reinstall the package: its data is missing.",
        )
    return tuple(read(path=path, schema=schema) for path in paths)


def refuse_duplicates(*, names: Iterator[str], where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DataError(
                where=where,
                expected="unique identifiers",
                came=name,
                remedy="Give one of the two another one.",
            )
        seen.add(name)


def _build(kind: Any, raw: Any, where: str) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, raw, where)
    origin = get_origin(kind)
    if origin is tuple:
        return _sequence(get_args(kind)[0], raw, where)
    if origin is dict:
        return _mapping(get_args(kind)[1], raw, where)
    if origin is Literal:
        return _choice(get_args(kind), raw, where)
    if origin in {Union, UnionType}:
        return _union(get_args(kind), raw, where)
    return _scalar(kind, raw, where)


def _union(kinds: tuple[Any, ...], raw: Any, where: str) -> Any:
    """`X | None` (a key that may be left out) and choices joined with `|`; nothing else is needed."""
    if all(get_origin(kind) is Literal for kind in kinds):
        return _choice(tuple(value for kind in kinds for value in get_args(kind)), raw, where)
    (kind,) = (kind for kind in kinds if kind is not NoneType)
    return _build(kind, raw, where)


def _record(kind: type, raw: Any, where: str) -> Any:
    mapping = _keys(raw, where)
    known = {field.name: field for field in fields(kind)}
    _refuse_unknown(mapping, known, where)
    hints = get_type_hints(kind)
    values = {
        name: _build(hints[name], mapping[name], f"{where} › {name}")
        for name, field in known.items()
        if _present(field, mapping, where)
    }
    return kind(**values)


def _keys(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise DataError(
            where=where, expected="keys with values", came=raw, remedy="Write `key: value` lines."
        )
    return raw


def _refuse_unknown(mapping: Mapping[str, Any], known: Mapping[str, Field[Any]], where: str) -> None:
    for name in mapping:
        if name not in known:
            raise DataError(
                where=where,
                expected=f"only the keys {', '.join(known)}",
                came=name,
                remedy="Remove the key or correct its spelling.",
            )


def _present(field: Field[Any], mapping: Mapping[str, Any], where: str) -> bool:
    if field.name in mapping:
        return True
    if field.default is MISSING and field.default_factory is MISSING:
        raise DataError(
            where=where, expected=f"the key {field.name!r}", came=sorted(mapping), remedy="Add it."
        )
    return False


def _sequence(kind: Any, raw: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list) or not raw:
        raise DataError(
            where=where,
            expected="a list with at least one entry",
            came=raw,
            remedy="Write `- entry` lines, or leave the key out where it may be.",
        )
    return tuple(
        _build(kind, entry, f"{where} › {_label(entry, number)}") for number, entry in enumerate(raw, start=1)
    )


def _label(entry: Any, number: int) -> str:
    """How an entry of a list is called in a message: its own identifier where it has one."""
    if isinstance(entry, dict):
        for key in ("code", "id", "name", "letter"):
            if key in entry:
                return str(entry[key])
    return f"entry {number}"


def _mapping(kind: Any, raw: Any, where: str) -> dict[str, Any]:
    return {str(name): _build(kind, value, f"{where} › {name}") for name, value in _keys(raw, where).items()}


def _choice(allowed: tuple[Any, ...], raw: Any, where: str) -> Any:
    if raw not in allowed:
        raise DataError(
            where=where,
            expected=f"one of {', '.join(map(str, allowed))}",
            came=raw,
            remedy="Choose one of them.",
        )
    return raw


def _scalar(kind: type, raw: Any, where: str) -> Any:
    if type(raw) is not kind:
        remedy = "Put it in quotes." if kind is str else "Write the value without quotes."
        raise DataError(where=where, expected=f"a value of type {kind.__name__}", came=raw, remedy=remedy)
    if raw == "":
        raise DataError(
            where=where,
            expected="a text",
            came=raw,
            remedy="Write one, or leave the key out where it may be.",
        )
    return raw.strip() if isinstance(raw, str) else raw
