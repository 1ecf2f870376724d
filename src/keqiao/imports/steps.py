"""Each row written by a step of its model: create, update and retire, each with its own entry. For plain lists."""

import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from keqiao.imports.columns import Kind, kind_of
from keqiao.imports.rows import Row
from keqiao.imports.writing import Ready
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.steps.operation import Operation, operations_on
from keqiao.kernel.steps.params import Param, ParamKind

MOST = 5000  # rows that are written one by one while nobody else writes


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Writes by the steps named; without `update` rows that are there can't be changed, without `retire` what was added
    can't be taken back."""

    model: type[Model]
    key: tuple[str, ...]
    create: Operation
    update: Operation | None = None
    retire: Operation | None = None
    most: int | None = MOST

    def judge(self, row: Row, there: Any, actor: Actor) -> None:
        """By the rules of the model: what its fields and constraints refuse is refused at the dry run already."""
        if there is not None and not policy.stays_open(there, actor):
            row.refuse(
                self.key[0], row.values[self.key[0]], _("There is such a row, and it is not open to you.")
            )
            return
        item = self.model() if there is None else copy.copy(there)
        for name, value in row.values.items():
            field: Any = self.model._meta.get_field(name)
            setattr(item, field.attname, field.to_python(value))
        self._judge_model(row, item)
        if there is None and not row.errors and not self.create.permission(actor, item):
            row.refuse(
                self.key[0], row.values[self.key[0]], str(self.create.permission.reason_for(actor, item))
            )

    def _judge_model(self, row: Row, item: Model) -> None:
        others = {field.name for field in self.model._meta.fields} - set(row.values)
        try:
            item.full_clean(exclude=others)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                at = self.key[0] if name == NON_FIELD_ERRORS else name
                row.refuse(at, row.values.get(at, ""), " ".join(texts))

    def may_change(self, actor: Actor, there: Any) -> str:
        if self.update is None:
            return str(_("There is such a row already, and no step changes it."))
        if self.update.permission(actor, there):
            return ""
        return str(self.update.permission.reason_for(actor, there))

    def words_of(self, item: Any) -> str:
        """The step itself renews what is found."""
        del item
        return ""

    def add(self, rows: list[Ready], actor: Actor) -> list[Any]:
        return [self.create(actor=actor, **arguments(self.create, row)) for row in rows]

    def change(self, rows: list[Ready], actor: Actor) -> list[Any]:
        assert self.update is not None  # or the row had been refused
        return [
            self.update(actor=actor, **{self.update.subject: row.item}, **arguments(self.update, row))
            for row in rows
        ]

    def hindered(self, added: Any) -> list[Missing]:
        if self.retire is not None or not added.exists():
            return []
        text = _("What this import added can't be taken back: no step removes or retires such rows.")
        return [Missing(text, remedy=_("Change those by hand."))]

    def remove(self, items: list[Any], actor: Actor) -> None:
        assert self.retire is not None  # or the guard had refused
        for item in items:
            self.retire(actor=actor, **{self.retire.subject: item})

    def restore(self, rows: list[Ready], actor: Actor) -> None:
        self.change(rows, actor)


def arguments(op: Operation, row: Ready) -> dict[str, Any]:
    """What the step asks for: what the list says, else what stands in the row that is changed, else what the form of
    the step starts from."""
    return {param.name: _argument(param, row) for param in op.params}


def _argument(param: Param, row: Ready) -> Any:
    if param.name not in row.values:
        if row.item is None:
            return [] if param.of is ParamKind.OBJECTS else param.default
        value = getattr(row.item, param.name)
        return list(value.all()) if param.of is ParamKind.OBJECTS else value
    value = row.values[param.name]
    if param.of is ParamKind.OBJECT and value is not None:
        return param.model._default_manager.get(pk=value)  # noqa: SLF001
    return value


def steps_of(model: type[Model], key: tuple[str, ...]) -> Steps | None:
    """The default steps of `model`, by their names; None where no step, or more than one, creates it from values."""
    creating = [op for op in operations_on(model) if op.creates and op.name.startswith("create_")]
    if len(creating) != 1:
        return None
    stem = creating[0].name.removeprefix("create_")
    known = {op.name: op for op in operations_on(model)}
    retire = known.get(f"retire_{stem}") or known.get(f"delete_{stem}")
    return Steps(model=model, key=key, create=creating[0], update=known.get(f"update_{stem}"), retire=retire)


def columns_of(steps: Steps) -> tuple[str, ...]:
    """The parameters that a cell can hold."""
    fields = {field.name: field for field in steps.model._meta.fields}
    return tuple(
        param.name
        for param in steps.create.params
        if param.name in fields and kind_of(fields[param.name]) not in {None, Kind.OBJECT}
    )
