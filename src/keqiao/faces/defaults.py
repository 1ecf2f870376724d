"""Create, update and retire for plain reference data: the same machine as every other operation, made from fields."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.utils.translation import gettext_lazy as _

from keqiao.faces.columns import field_of
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.errors import NotAllowed, Text
from keqiao.kernel.platform.policy import Rule, rule
from keqiao.kernel.platform.q_match import FreshRelations
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import declared_by
from keqiao.kernel.steps.declared_fields import must_be_read
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import Param, ParamKind, Prompt

Fill = Callable[[Any, Any], None]


def default_operations(
    model: type[Model],
    *,
    fields: tuple[str, ...],
    clause: str,
    permission: Rule,
    without: frozenset[str] = frozenset(),
    labels: dict[str, Text] | None = None,
    fill: Fill | None = None,
) -> tuple[Operation, ...]:
    """Register create_, update_ and (for a model with `retired_on`) retire_ and reuse_ for `model`. `without` leaves
    some out.

    `fill(item, actor)` sets what the step itself knows before the row is checked. Whoever creates or changes a row must
    be allowed to do so as it is afterwards: nobody adds to, or moves a row to, what they may not touch.
    """
    name = str(model._meta.model_name)
    stem = "".join(f"_{c.lower()}" if c.isupper() else c for c in model.__name__).lstrip("_")
    must_be_read(model, *fields)
    params = tuple(_param(model, field) for field in fields)
    said: dict[str, Text] = {
        "create": _("Add"),
        "update": _("Change"),
        "retire": _("Retire"),
        "reuse": _("Use again"),
        **(labels or {}),
    }
    base: dict[str, Any] = {"model": model, "clause": clause, "permission": permission}
    operations = {
        "create": Operation(
            name=f"create_{stem}",
            handler=_create(model, permission, fill),
            subject="",
            label=said["create"],
            params=params,
            **base,
        ),
        "update": Operation(
            name=f"update_{stem}",
            handler=_update(name, permission, fill),
            subject=name,
            label=said["update"],
            params=tuple(_from_subject(p) for p in params),
            **base,
        ),
    }
    if any(field.name == "retired_on" for field in model._meta.fields):
        operations["retire"] = Operation(
            name=f"retire_{stem}",
            handler=_retire(name),
            subject=name,
            label=said["retire"],
            params=(),
            danger=_("It stays in earlier records and can no longer be chosen."),
            **base | {"permission": permission & in_use},
        )
        operations["reuse"] = Operation(
            name=f"reuse_{stem}",
            handler=_retire(name, undone=True),
            subject=name,
            label=said["reuse"],
            params=(),
            **base | {"permission": permission & retired},
        )
    for op in operations.values():
        op.handler.__module__ = (
            declared_by()
        )  # not of the module that makes it, but of the one that asks for it
    return tuple(operation.register(op) for verb, op in operations.items() if verb not in without)


def _create(model: type[Model], permission: Rule, fill: Fill | None) -> Callable[..., Model]:
    def create(*, actor: Any, **values: Any) -> Model:
        many = _many(model, values)
        return _keep(model(**values), many, actor, permission, fill)

    return create


def _update(subject: str, permission: Rule, fill: Fill | None) -> Callable[..., Model]:
    def update(*, actor: Any, **values: Any) -> Model:
        item: Model = values.pop(subject)
        many = _many(type(item), values)
        for name, value in values.items():
            setattr(item, name, value)
        return _keep(item, many, actor, permission, fill)

    return update


def _keep(item: Model, many: dict[str, Any], actor: Any, permission: Rule, fill: Fill | None) -> Model:
    if fill:
        fill(item, actor)
    closed = policy.open_at_hand(item, actor, hangs_on=FreshRelations()) is False
    if not closed:  # else a full check would tell of rows that are closed too
        item.full_clean()
    permission.require(actor, item)
    if closed:
        _refuse_closed()
    item.save()
    for name, rows in many.items():
        getattr(item, name).set(rows)
    _still_seen(item, actor)
    return item


def _still_seen(item: Model, actor: Any) -> None:
    """Nobody writes into what they can't read, such as a contact of another's client: the whole step is undone."""
    if not policy.stays_open(item, actor):
        _refuse_closed()


def _refuse_closed() -> NoReturn:
    raise NotAllowed(
        _("You would write something that is not open to you."),
        remedy=_("Ask whoever is responsible for it."),
    )


# Rules and not guards: whichever of the two can't be done is no step that something is missing for.
@rule(_("This is retired already."))
def in_use(_actor: Any, item: Any) -> bool:
    return item is None or item.retired_on is None


@rule(_("This is in use."))
def retired(_actor: Any, item: Any) -> bool:
    return item is not None and item.retired_on is not None


def _retire(subject: str, *, undone: bool = False) -> Callable[..., Model]:
    def retire(*, actor: Any, **values: Any) -> Model:
        del actor
        item: Any = values[subject]
        item.retired_on = None if undone else clock.today()
        item.save()
        return item  # type: ignore[no-any-return]

    return retire


def _many(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    names = [field.name for field in model._meta.many_to_many if field.name in values]
    return {name: values.pop(name) for name in names}


def _from_subject(param: Param) -> Param:
    def initial(subject: Any) -> Any:
        value = getattr(subject, param.name)
        return list(value.all()) if hasattr(value, "all") else value

    return replace(param, prompt=replace(param.prompt, initial=initial))


def _param(model: type[Model], name: str) -> Param:
    field = model._meta.get_field(name)
    assert isinstance(field, Field), f"{model.__name__}.{name} is no field that can be asked for"
    of, kind = _kind(model, field)
    rows = 4 if isinstance(field, TextField) else 1
    low = -(10**15) if of is ParamKind.MONEY else None
    ask = Prompt(
        label=field.verbose_name,
        help=field.help_text,
        text_lines=rows,
        max_length=field.max_length,
        minimum=low,
    )
    default = field.get_default()  # empty text where nothing was said, null where the column knows it
    required = not (field.blank or field.null or field.has_default())
    return Param(name, of, kind, ask, required, default)


def _kind(model: type[Model], field: "Field[Any, Any]") -> tuple[ParamKind, Any]:
    if field.choices:
        return ParamKind.CHOICE, _Choices(tuple(field.choices), field)
    if field.many_to_many:
        return ParamKind.OBJECTS, field.related_model
    if isinstance(field, ForeignKey):
        return ParamKind.OBJECT, field.related_model
    for base, of in _KINDS:
        if isinstance(field, base):
            return of, None
    assert field_of(model, field.name) is not None
    return ParamKind.TEXT, str


_KINDS: tuple[tuple[type, ParamKind], ...] = (
    (BooleanField, ParamKind.FLAG),
    (DateTimeField, ParamKind.MOMENT),
    (DateField, ParamKind.DAY),
    (DecimalField, ParamKind.MONEY),
    (IntegerField, ParamKind.NUMBER),
)


class _Choices:
    """Choices of a field in the form that a typed choice takes: `choices`, and calling coerces."""

    def __init__(self, choices: tuple[tuple[Any, Any], ...], field: "Field[Any, Any]") -> None:
        self.choices = choices
        self._to_python = field.to_python

    def __call__(self, value: Any) -> Any:
        return self._to_python(value)
