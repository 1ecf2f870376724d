"""What registries of rows ask of a declaration: a model with a policy, names that lead somewhere, conditions that can hold.

Nothing of it asks the database.
"""

from collections.abc import Container, Iterator

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import DateField, Field, Model, Q

from keqiao.kernel.platform import policy
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

WITH_TWO = "Correct the name; relations are followed with two underscores."


def must_be_read(model: type[Model], *paths: str) -> str:
    """Give where the declaration stands. Raises DeclarationError for a model that the policy opens to nobody, or a path
    (`member__user_id`) that `model` doesn't have."""
    where = declared_at()
    if model not in policy.registered():
        raise DeclarationError(
            where=where,
            expected="a model with a policy",
            came=model._meta.label,
            remedy="Register who sees it in queries.py; without that nobody would.",
        )
    for path in paths:
        must_have(model, path)
    return where


def must_have(model: type[Model], path: str) -> None:
    """Raises DeclarationError for a path that `model` doesn't have."""
    try:
        model._default_manager.order_by().values(path)  # noqa: SLF001 - names are resolved, nothing is read
    except FieldError as error:
        raise DeclarationError(
            where=declared_at(), expected=f"a field of {model._meta.label}", came=path, remedy=WITH_TWO
        ) from error


def must_be_day(model: type[Model], path: str) -> None:
    """Raises DeclarationError for a path that leads to no day and no moment."""
    must_have(model, path)
    if not isinstance(field_along(model, path), DateField):
        raise DeclarationError(
            where=declared_at(), expected=f"a day or moment of {model._meta.label}", came=path,
            remedy="Name a DateField or a DateTimeField.",
        )  # fmt: skip


def must_show(model: type[Model], *names: str, labels: Container[str] = ()) -> None:
    """Raises DeclarationError for a column that is neither a field of `model` nor an attribute that has a label."""
    for name in names:
        column = None if name == "pk" or "__" in name else field_along(model, name)
        if not isinstance(column, Field) and not (name in labels and hasattr(model, name)):
            raise DeclarationError(
                where=declared_at(),
                expected=f"fields of {model._meta.label}, or attributes of it with a label",
                came=name,
                remedy="Correct the name, or add its label to `labels`.",
            )


def must_select(model: type[Model], condition: Q) -> None:
    """Raises DeclarationError for a condition that no row of `model` could be asked: of a field it doesn't have, or of a
    value its column can't hold, such as a state that isn't there."""
    try:
        model._default_manager.filter(condition)  # noqa: SLF001 - names are resolved, nothing is read
    except (FieldError, ValidationError, ValueError, TypeError) as error:
        raise DeclarationError(
            where=declared_at(), expected=f"a condition on rows of {model._meta.label}", came=str(condition),
            remedy=f"Correct it: {error}",
        ) from error  # fmt: skip
    for path, value in _choices_of(condition):
        column = field_along(model, path)
        known = [choice for choice, _label in getattr(column, "flatchoices", ())]
        if known and value not in known:
            raise DeclarationError(
                where=declared_at(), expected=f"one of {', '.join(map(str, known))} for {path}", came=str(value),
                remedy="Correct the value, or add it to the choices of the field.",
            )  # fmt: skip


def field_along(model: type[Model], path: str) -> object:
    """The field at the end of a path; None where there is none."""
    name, _dots, rest = path.partition("__")
    try:
        column = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    above = getattr(column, "related_model", None)
    if not rest:
        return column
    return field_along(above, rest) if isinstance(above, type) else None


def _choices_of(condition: Q) -> Iterator[tuple[str, object]]:
    """Each value that a path must equal, or be among."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _choices_of(child)
        elif isinstance(child, tuple):
            path = child[0].removesuffix("__exact").removesuffix("__in")
            many = child[1] if child[0].endswith("__in") else (child[1],)
            values = many if isinstance(many, list | tuple | set | frozenset) else ()
            yield from ((path, value) for value in values if isinstance(value, str | int))
