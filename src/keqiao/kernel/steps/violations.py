"""What the database or a model forbids, as a refusal in words: a constraint by its own message, beside the field it is about."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import (
    BaseConstraint,
    CheckConstraint,
    F,
    Field,
    Model,
    ProtectedError,
    RestrictedError,
    UniqueConstraint,
)
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Invalid, Refusal, Text

_SQLITE = re.compile(r"(?P<kind>UNIQUE|CHECK|NOT NULL|FOREIGN KEY) constraint failed(?:: (?P<what>.+))?")
_SQLITE_INDEX = re.compile(r"index '(?P<name>.+)'")
_POSTGRES = {
    "23505": "UNIQUE",
    "23514": "CHECK",
    "23502": "NOT NULL",
    "23503": "FOREIGN KEY",
    "23P01": "UNIQUE",
}
_POSTGRES_KEY = re.compile(r"\((?P<columns>[^()]+)\)=\(")  # the words around it are in the server's language


@dataclass(frozen=True)
class _Broken:
    """What the driver says of a constraint that doesn't hold; empty where it says nothing."""

    kind: str
    name: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()


def invalid_of(error: ValidationError) -> Invalid:
    """A model's own check, as the form shows it."""
    if hasattr(error, "error_dict"):
        return Invalid(fields=error.message_dict)
    return Invalid("；".join(error.messages))


def refusal_of(error: IntegrityError, *, names: Collection[str]) -> Refusal | None:
    """`names` are what the step asks for, so that the words stand beside the field that is meant.

    None where no constraint speaks: then the program is at fault and not the values, such as a guard of the record.
    """
    if isinstance(error, ProtectedError | RestrictedError):
        return Refusal(_("This is still used elsewhere and can't be removed."))
    broken = _broken(error)
    if broken is None:
        return None
    if broken.kind == "FOREIGN KEY":
        return Refusal(
            _("Something this step refers to is no longer there."),
            remedy=_("Look at what is there now, then decide again."),
        )
    if broken.kind == "NOT NULL":
        return _lacking(broken, names)
    return _named(broken, names)


def _broken(error: IntegrityError) -> _Broken | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    return _by_postgres(diagnosis) if diagnosis is not None else _by_sqlite(str(error))


def _by_postgres(diagnosis: Any) -> _Broken | None:
    kind = _POSTGRES.get(diagnosis.sqlstate)
    if kind is None:
        return None
    key = _POSTGRES_KEY.search(diagnosis.message_detail or "")
    columns = tuple(re.split(r",\s*", key["columns"])) if key and kind == "UNIQUE" else ()
    if kind == "NOT NULL":
        columns = (diagnosis.column_name or "",)
    return _Broken(kind, diagnosis.constraint_name or "", diagnosis.table_name or "", columns)


def _by_sqlite(said: str) -> _Broken | None:
    match = _SQLITE.fullmatch(said)
    if match is None:
        return None
    kind, what = match["kind"], match["what"] or ""
    if kind == "CHECK":
        return _Broken(kind, name=what)
    if index := _SQLITE_INDEX.fullmatch(what):
        return _Broken(kind, name=index["name"])
    pairs = [path.split(".", 1) for path in what.split(", ") if "." in path]
    return _Broken(
        kind, table=pairs[0][0] if pairs else "", columns=tuple(column for _table, column in pairs)
    )


def _lacking(broken: _Broken, names: Collection[str]) -> Refusal | None:
    """A value that must be there, where the step asks for it; else the program left it out."""
    model = _model_of(broken.table)
    fields = _fields_of(model, broken.columns) if model else ()
    asked = [field for field in fields if field.name in names]
    return Invalid(str(asked[0].error_messages["null"]), field=asked[0].name) if asked else None


def _named(broken: _Broken, names: Collection[str]) -> Refusal | None:
    for model in _models():
        for constraint in model._meta.constraints:
            if _is_meant(broken, model, constraint):
                return _beside(_words(model, constraint), _names_in(constraint), names)
    owner = _model_of(broken.table)
    fields = tuple(field.name for field in _fields_of(owner, broken.columns)) if owner else ()
    return _beside(_taken(owner, fields), fields, names) if owner and fields else None


def _is_meant(broken: _Broken, model: type[Model], constraint: BaseConstraint) -> bool:
    if broken.name:
        return constraint.name == broken.name
    if not isinstance(constraint, UniqueConstraint) or model._meta.db_table != broken.table:
        return False
    columns = {model._meta.get_field(name).column for name in constraint.fields}  # type: ignore[union-attr]
    return columns == set(broken.columns)


def _beside(text: Text, fields: Collection[str], names: Collection[str]) -> Invalid:
    """One field that is asked for is where the words belong; of several none is more wrong than the others."""
    asked = [name for name in fields if name in names]
    return Invalid(text, field=asked[0] if len(asked) == 1 else "")


def _words(model: type[Model], constraint: BaseConstraint) -> Text:
    own = constraint.violation_error_message != constraint.default_violation_error_message
    if not own and isinstance(constraint, UniqueConstraint) and constraint.fields:
        return _taken(model, tuple(constraint.fields))
    return str(constraint.get_violation_error_message())


def _taken(model: type[Model], fields: tuple[str, ...]) -> Text:
    return "；".join(model().unique_error_message(model, fields).messages)


def _names_in(constraint: BaseConstraint) -> tuple[str, ...]:
    """The fields it is about."""
    if isinstance(constraint, CheckConstraint):
        condition: Any = constraint.condition
        return tuple(sorted(condition.referenced_base_fields))
    if isinstance(constraint, UniqueConstraint):
        expressions: Any = constraint.expressions
        parts: Any = (
            part for expression in expressions for part in expression.flatten() if isinstance(part, F)
        )
        return (*constraint.fields, *(part.name for part in parts))
    return ()


def _models() -> Iterator[type[Model]]:
    yield from apps.get_models(include_auto_created=True)


def _model_of(table: str) -> type[Model] | None:
    return next((model for model in _models() if model._meta.db_table == table), None)


def _fields_of(model: type[Model], columns: Collection[str]) -> tuple["Field[Any, Any]", ...]:
    return tuple(field for field in model._meta.concrete_fields if field.column in columns)
