"""How secret an entry is: as the most secret thing its values are about, be it a row, a file or a classification (4.1.5)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.params import Param, ParamKind

OF_PEOPLE = "clearance"  # the same scale, and no secret


def secrecy(params: Iterable[Param], values: Mapping[str, Any], *rows: Any) -> int:
    """The highest level among the values of a step and the rows it was about or made, 0 for none."""
    return max([*_asked(params, values), *_levels(rows)], default=int(Level.PUBLIC))


def takes_level(param: Param) -> bool:
    """Whether a classification is asked for here, in a form of its own or as a field of a row."""
    of_level = param.of is ParamKind.CHOICE and list(param.type.choices) == list(Level.choices)
    return of_level and param.name != OF_PEOPLE


def level_of(row: Model | None) -> int:
    """The classification of a row, 0 where it has none."""
    level = getattr(row, "level", None)
    return level if isinstance(level, int) else int(Level.PUBLIC)


def has_own_level(model: type[Model]) -> bool:
    """Whether its rows are classified by themselves, beside their enterprise. A column that nobody may fill in is a copy."""
    return any(field.name == "level" and field.editable for field in model._meta.fields)


def refuse_lowering(row: Model | None, before: int) -> None:
    """No step lowers the classification of what it is about: that takes two people, so it has a step on a proposal."""
    if level_of(row) < before:
        raise Invalid(
            _("One person doesn't lower a classification."),
            field="level",
            clause="4.1.5",
            remedy=_("Propose it on the page of the enterprise, with the reason; a manager confirms it."),
        )


def _asked(params: Iterable[Param], values: Mapping[str, Any]) -> Iterator[int]:
    for param in params:
        value = values.get(param.name)
        if takes_level(param):
            yield int(Level.PUBLIC if value is None else value)
        elif param.of is ParamKind.ROWS:
            yield from (level for line in value or () for level in _asked(param.columns, _cells(line)))
        else:
            yield from _levels(value)


def _cells(line: Any) -> Mapping[str, Any]:
    return line if isinstance(line, Mapping) else vars(line)


def _levels(value: Any) -> Iterator[int]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _levels(item)
    elif isinstance(value, Model):
        yield level_of(value)
        if has_own_level(type(value)):
            with suppress(ObjectDoesNotExist):  # gone meanwhile: the database refuses the step at its end
                yield from _levels(getattr(value, "enterprise", None))
