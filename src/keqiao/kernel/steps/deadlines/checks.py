"""What of a declared deadline can't stand. Asked at start, when operations and models are read already."""

from collections.abc import Container, Mapping

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q

from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps.deadlines.declaration import About, Deadline, field_at
from keqiao.kernel.steps.deadlines.people import WaitsFor, Who
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, name_clauses
from keqiao.kernel.steps.declared_fields import field_along, must_be_day, must_select
from keqiao.kernel.steps.operation import operations, operations_on

LONGEST_AHEAD = 250  # the working days of a year


def about(about: About, known: Container[type[Model]]) -> None:
    name = about.model.__name__
    if about.model in known:
        _refuse(
            f"one `belongs` for {name}", "a second", "Leave one of them; the app of the model declares it."
        )
    if not _plain(about.open):
        _refuse("`open` of columns and values", about.open, "Put what needs a sub-query into `when`.")
    must_select(about.model, about.open)
    for path in (about.number, about.name, about.title, about.note, about.day, about.charge, about.client):
        _path(about.model, path)
    _path(about.model, about.level)


def deadline(deadline: Deadline, abouts: Mapping[type[Model], About], known: Container[str]) -> None:
    if deadline.key in known:
        _refuse("a key of its own", deadline.key, "Give it a name that no other deadline has.")
    if deadline.day is None and not deadline.undated:
        _refuse(
            f"a day for {deadline.key}", None, "Name its field, or say undated=True where no rule gives one."
        )
    if deadline.day is not None and deadline.undated:
        _refuse(f"a day or undated=True for {deadline.key}", "both", "Leave out the one that isn't so.")
    if not isinstance(deadline.waits_for, WaitsFor):
        _refuse(
            f"whom {deadline.key} waits for",
            deadline.waits_for,
            "Use CHARGE, CLIENT, person, approver, holders or actors.",
        )
    for path in (
        deadline.about,
        deadline.named,
        deadline.waits_for.path,
        deadline.day if isinstance(deadline.day, str) else "",
    ):
        _path(deadline.model, path)
    must_select(deadline.model, deadline.when)
    if isinstance(deadline.day, str):
        must_be_day(deadline.model, deadline.day)
    _person(deadline)
    _text(deadline, deadline.text, {"name": ""})
    _text(deadline, deadline.together, {"n": 2})
    if any(not 0 < days <= LONGEST_AHEAD for days in deadline.remind.before):
        _refuse(
            f"reminders 1 to {LONGEST_AHEAD} working days before {deadline.key}", deadline.remind.before,
            "Correct the numbers; the days after it are `after`.",
        )  # fmt: skip
    name_clauses(deadline.clause)
    _operations(deadline)
    _about(deadline, abouts)


def _person(deadline: Deadline) -> None:
    column = field_along(deadline.model, deadline.waits_for.path) if deadline.waits_for.path else None
    if deadline.waits_for.path and getattr(column, "related_model", None) is not get_user_model():
        _refuse(
            f"a key to an account, for {deadline.key}", deadline.waits_for.path, "Name the path to a person."
        )


def _text(deadline: Deadline, text: Text, values: Mapping[str, object]) -> None:
    try:
        str(text) % values
    except (KeyError, ValueError, TypeError):
        known = ", ".join(f"%({name})s" for name in values)
        _refuse(f"no other placeholder than {known} in {deadline.key}", str(text), "Correct the text.")


def _operations(deadline: Deadline) -> None:
    """A step may end by an operation on one of its parts; everything else by one on itself."""
    there = [op.name for op in (operations() if deadline.step else operations_on(deadline.model))]
    strange = [name for name in deadline.ends_with if name not in there]
    if strange or not deadline.ends_with:
        _refuse(
            f"an operation on {deadline.model.__name__} that ends {deadline.key}", strange or "none",
            f"Name one of {', '.join(sorted(there)) or 'them, once there are any'}.",
        )  # fmt: skip


def _about(deadline: Deadline, abouts: Mapping[type[Model], About]) -> None:
    name = deadline.about_model.__name__
    if deadline.about_model not in abouts:
        _refuse(
            f"`belongs` of {name}, for {deadline.key}",
            "none",
            f"Declare it before: belongs(About(model={name}, …)).",
        )
    if deadline.waits_for.who is Who.CLIENT and not deadline.about_of.client:
        _refuse(
            f"a client of {name}, for {deadline.key}",
            "none",
            f"Name the path in belongs(About(model={name})).",
        )
    if deadline.waits_for.who is Who.CHARGE and not deadline.about_of.charge:
        _refuse(
            f"who is in charge of {name}, for {deadline.key}",
            "nobody",
            "Name the field in `charge` of its About.",
        )


def _path(model: type[Model], path: str) -> None:
    try:
        if path:
            field_at(model, path)
    except (FieldDoesNotExist, AttributeError):
        _refuse(f"a path of {model.__name__}", path, "Name fields by their names, with __ between.")


def _plain(condition: Q) -> bool:
    return all(
        _plain(child) if isinstance(child, Q) else isinstance(child, tuple) for child in condition.children
    )


def _refuse(expected: str, came: object, remedy: str) -> None:
    raise DeclarationError(where=declared_at(), expected=expected, came=came, remedy=remedy)
