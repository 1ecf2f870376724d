"""What of a declared deadline can't stand. Asked at start, when operations and models are read already."""

from collections.abc import Container, Mapping

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q

from keqiao.kernel.steps.deadlines.declaration import About, Deadline, field_at
from keqiao.kernel.steps.deadlines.people import WaitsFor, Who
from keqiao.kernel.steps.declarations import DeclarationError, declared_at
from keqiao.kernel.steps.operation import operations, operations_on


def about(about: About, known: Container[type[Model]]) -> None:
    name = about.model.__name__
    if about.model in known:
        _refuse(
            f"one `belongs` for {name}", "a second", "Leave one of them; the app of the model declares it."
        )
    if not _plain(about.open):
        _refuse("`open` of columns and values", about.open, "Put what needs a sub-query into `when`.")
    for path in (about.number, about.name, about.title, about.note, about.day, about.charge, about.client):
        _path(about.model, path)
    _path(about.model, about.level)


def deadline(one: Deadline, abouts: Mapping[type[Model], About], known: Container[str]) -> None:
    if one.key in known:
        _refuse("a key of its own", one.key, "Give it a name that no other deadline has.")
    if one.day is None and not one.undated:
        _refuse(f"a day for {one.key}", None, "Name its field, or say undated=True where no rule gives one.")
    if one.day is not None and one.undated:
        _refuse(f"a day or undated=True for {one.key}", "both", "Leave out the one that isn't so.")
    if not isinstance(one.waits_for, WaitsFor):
        _refuse(
            f"whom {one.key} waits for",
            one.waits_for,
            "Use CHARGE, CLIENT, person, approver, holders or actors.",
        )
    for path in (one.about, one.named, one.waits_for.path, one.day if isinstance(one.day, str) else ""):
        _path(one.model, path)
    _operations(one)
    _about(one, abouts)


def _operations(one: Deadline) -> None:
    """A step may end by an operation on one of its parts; everything else by one on itself."""
    there = [op.name for op in (operations() if one.step else operations_on(one.model))]
    strange = [name for name in one.ends_with if name not in there]
    if strange or not one.ends_with:
        _refuse(
            f"an operation on {one.model.__name__} that ends {one.key}", strange or "none",
            f"Name one of {', '.join(sorted(there)) or 'them, once there are any'}.",
        )  # fmt: skip


def _about(one: Deadline, abouts: Mapping[type[Model], About]) -> None:
    name = one.about_model.__name__
    if one.about_model not in abouts:
        _refuse(
            f"`belongs` of {name}, for {one.key}",
            "none",
            f"Declare it before: belongs(About(model={name}, …)).",
        )
    if one.waits_for.who is Who.CLIENT and not one.about_of.client:
        _refuse(
            f"a client of {name}, for {one.key}", "none", f"Name the path in belongs(About(model={name}))."
        )
    if one.waits_for.who is Who.CHARGE and not one.about_of.charge:
        _refuse(
            f"who is in charge of {name}, for {one.key}", "nobody", "Name the field in `charge` of its About."
        )


def _path(model: type[Model], path: str) -> None:
    try:
        if path:
            field_at(model, path)
    except (FieldDoesNotExist, AttributeError):
        _refuse(f"a path of {model.__name__}", path, "Name fields by their names, with __ between.")


def _plain(condition: Q) -> bool:
    return all(_plain(one) if isinstance(one, Q) else isinstance(one, tuple) for one in condition.children)


def _refuse(expected: str, came: object, remedy: str) -> None:
    raise DeclarationError(where=declared_at(), expected=expected, came=came, remedy=remedy)
