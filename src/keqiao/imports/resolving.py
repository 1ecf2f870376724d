"""From a declaration to the list that is worked with; what can't stand is refused with its file and what to do."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from keqiao.imports.columns import Column, Kind, column_of, kind_of
from keqiao.imports.lists import ImportList, Listed, lists
from keqiao.imports.steps import Steps, columns_of, steps_of
from keqiao.imports.writing import Undoer, Writer
from keqiao.kernel.models.base import Record
from keqiao.kernel.steps.declarations import DeclarationError


def resolve(declared: ImportList, *, where: str, origin: str) -> Listed:
    """Raises DeclarationError for a list that can't stand."""
    _refuse_twice(declared, where)
    _refuse_key(declared, where)
    steps = steps_of(declared.model, declared.key)
    writer: Writer | None = declared.write or steps
    if writer is None:
        raise DeclarationError(
            where=where,
            expected=f"one step create_… for {declared.model.__name__}",
            came=None,
            remedy="Declare default_operations for the model, or say how the rows are written: write=Bulk(…).",
        )
    columns = _columns(declared, steps, where)
    if isinstance(writer, Steps):
        _refuse_lacking(writer, columns, where)
    return Listed(
        declared=declared,
        columns=columns,
        writer=writer,
        undoer=_undoer(declared, writer, where),
        where=where,
        origin=origin,
    )


def _refuse_twice(declared: ImportList, where: str) -> None:
    for other in lists():
        if other.slug == declared.slug or other.model is declared.model:
            raise DeclarationError(
                where=where,
                expected="one list for a model and for a slug",
                came=f"{declared.model.__name__}, {declared.slug}",
                remedy=f"Another stands in {other.where}; make the two one.",
            )


def _refuse_key(declared: ImportList, where: str) -> None:
    if not issubclass(declared.model, Record):
        raise DeclarationError(
            where=where,
            expected="a model made from Record",
            came=declared.model.__name__,
            remedy="Without a version nobody can tell whether a row changed meanwhile.",
        )
    if not declared.key:
        raise DeclarationError(
            where=where,
            expected="at least one column of the key",
            came=declared.key,
            remedy="Say what makes a row the same: key=(“name”,).",
        )


def _columns(declared: ImportList, steps: Steps | None, where: str) -> tuple[Column, ...]:
    chosen = declared.columns or (columns_of(steps) if steps else ())
    columns = tuple(_column(declared, choice, where) for choice in chosen)
    names = [column.name for column in columns]
    wrong = [name for name in names if names.count(name) > 1] + [k for k in declared.key if k not in names]
    if wrong:
        raise DeclarationError(
            where=where,
            expected=f"each column once, and those of the key among them: {', '.join(names)}",
            came=", ".join(wrong),
            remedy="Put the columns right, or take another key.",
        )
    return tuple(
        replace(column, required=True) if column.name in declared.key else column for column in columns
    )


def _refuse_lacking(steps: Steps, columns: tuple[Column, ...], where: str) -> None:
    known = {column.name for column in columns if column.required}
    lacking = [param.name for param in steps.create.params if param.required and param.name not in known]
    if lacking:
        raise DeclarationError(
            where=where,
            expected=f"a required column for each value that {steps.create.name} requires",
            came=", ".join(lacking),
            remedy="Add them to the columns, an object by column_of(model, name, by=“…”).",
        )


def _column(declared: ImportList, choice: Column | str, where: str) -> Column:
    name = choice if isinstance(choice, str) else choice.name
    try:
        field = declared.model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if kind_of(field) is None:
        raise DeclarationError(
            where=where,
            expected=f"a field of {declared.model.__name__} that one cell can hold",
            came=name,
            remedy="Name such a field, or leave the column out.",
        )
    column = column_of(declared.model, choice) if isinstance(choice, str) else choice
    _refuse_column(column, where)
    return column


def _refuse_column(column: Column, where: str) -> None:
    faults = (
        (not str(column.label), "a column with a label", "Say label=_(“…”)."),
        (column.kind not in set(Kind), f"a kind among {', '.join(Kind)}", "Say kind=Kind.…"),
        (
            column.kind is Kind.CHOICE and not column.choices and column.read is None,
            "the choices of a choice",
            "Say choices=((value, label), …).",
        ),
        (
            column.kind is Kind.OBJECT and not (column.model and column.by) and column.read is None,
            "the field by which an object is named",
            "Use column_of(model, name, by=“…”).",
        ),
    )
    for wrong, expected, remedy in faults:
        if wrong:
            raise DeclarationError(where=where, expected=expected, came=column.name, remedy=remedy)


def _undoer(declared: ImportList, writer: Writer, where: str) -> Undoer:
    undoer: Any = declared.undo or writer
    if not all(hasattr(undoer, name) for name in ("hindered", "remove", "restore")):
        raise DeclarationError(
            where=where,
            expected="a way to take the list back",
            came=type(writer).__name__,
            remedy="Give the writer hindered, remove and restore, or say undo=….",
        )
    return undoer  # type: ignore[no-any-return]
