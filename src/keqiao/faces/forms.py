"""The form of an operation, made from its parameters: validates and never saves."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.faces.choosers import Chooser, MultipleChooser, dress, open_rows
from keqiao.faces.resource import resource_of
from keqiao.faces.rows import RowsField
from keqiao.faces.uploads import UploadField
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Refusal, Text
from keqiao.kernel.platform.written_fields import (
    AmountField,
    ChosenRowsField,
    DayField,
    MomentField,
    WholeField,
)
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import Param, ParamKind

LONGEST = 20_000


def hold(form: forms.Form, op: Operation) -> tuple[forms.BoundField, ...]:
    """Fix what the link says and other values hang on. Gives the fields that are to be asked first, since the link
    doesn't say them, or says something that isn't there to choose."""
    first = [name for name in {param.prompt.depends_on for param in op.params} if name]
    for name in first:
        form.fields[name].disabled = _known(form, name)
    return tuple(form[name] for name in first if not form.fields[name].disabled)


def _known(form: forms.Form, name: str) -> bool:
    field = form.fields[name]
    try:
        return field.clean(form.get_initial_for_field(field, name)) is not None
    except forms.ValidationError:
        return False


def form_of(
    op: Operation,
    *,
    actor: Actor,
    subject: Model | None,
    find: Mapping[str, str] | None = None,
    **kwargs: Any,
) -> forms.Form:
    """An unbound or bound form asking for the parameters of `op`, with objects that `actor` may see. `find` says what
    long lists are narrowed by."""
    fields = {param.name: field_of(param, actor=actor, subject=subject) for param in op.params}
    asked = ((name, field, _choices(op, subject, name)) for name, field in fields.items())
    dress(asked, actor=actor, find=find or {})
    form_class = type("OperationForm", (forms.Form,), {**fields, "use_required_attribute": False})
    initial = {p.name: _initial(p, subject) for p in op.params}
    begun = {name: value for name, value in initial.items() if value is not None}
    return form_class(initial={**begun, **kwargs.pop("initial", {})}, **kwargs)  # type: ignore[no-any-return]


def _choices(op: Operation, subject: Model | None, name: str) -> str:
    """Where a chooser asks for rows. A model that no page shows has steps by code only."""
    resource = resource_of(op.model)
    if resource is None:
        return ""
    if op.creates or subject is None:
        return reverse(f"{resource.slug}-create-choices", args=[op.name, name])
    return reverse(f"{resource.slug}-do-choices", args=[subject.pk, op.name, name])


def cleaned(op: Operation, form: forms.Form) -> dict[str, Any]:
    """The values for the operation. Raises Invalid naming each field that is wrong."""
    if not form.is_valid():
        raise Invalid(fields={name: [str(e) for e in errors] for name, errors in form.errors.items()})
    values: dict[str, Any] = {}
    for param in op.params:
        value = form.cleaned_data[param.name]
        if param.of is ParamKind.OBJECTS:
            value = list(value)
        if value in (None, "") and not param.required and param.of is not ParamKind.TEXT:
            value = param.default
        values[param.name] = value
    return values


def mark(form: forms.Form, refusal: Refusal) -> None:
    """Put the words of the refusal beside the fields they speak of, unless the form itself has refused before."""
    if form.errors:
        return
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, str(text))


def _initial(param: Param, subject: Model | None) -> Any:
    value = param.default
    if param.prompt.initial:
        value = param.prompt.initial(subject)
    elif param.prompt.default_factory:
        value = param.prompt.default_factory()
    if param.of is ParamKind.ROWS and value:
        return [row if isinstance(row, dict) else dataclasses.asdict(row) for row in value]
    return value


def field_of(param: Param, *, actor: Actor, subject: Model | None) -> forms.Field:
    common = {"label": param.prompt.label, "help_text": param.prompt.help, "required": param.required}
    if param.of is ParamKind.ROWS:
        columns = {c.name: field_of(c, actor=actor, subject=subject) for c in param.columns}
        return RowsField(row=param.type, columns=columns, least=param.prompt.min_rows, **common)
    if param.of in {ParamKind.OBJECT, ParamKind.OBJECTS}:
        return _object_field(param, actor, subject, common)
    if param.prompt.options:
        return _one_of(param.prompt.options(subject, actor), common)
    return _SIMPLE[param.of](param, common)


def _one_of(options: list[tuple[str, Text]], common: dict[str, Any]) -> forms.Field:
    """A text chosen from a list that depends on the object and on who asks."""
    widget = forms.Select() if options else forms.HiddenInput()
    blank = ("", "—" if common["required"] else _("Not said"))
    return forms.ChoiceField(choices=[blank, *options] if options else [], widget=widget, **common)


def _object_field(param: Param, actor: Actor, subject: Model | None, common: dict[str, Any]) -> forms.Field:
    rows = open_rows(param, actor=actor, subject=subject)
    if param.of is ParamKind.OBJECTS:
        return ChosenRowsField(queryset=rows, widget=MultipleChooser, **common)
    return forms.ModelChoiceField(queryset=rows, widget=Chooser, **common)


def _text(param: Param, common: dict[str, Any]) -> forms.Field:
    widget = (
        forms.Textarea(attrs={"rows": param.prompt.text_lines})
        if param.prompt.text_lines > 1
        else forms.TextInput()
    )
    limit = param.prompt.max_length or (LONGEST if param.prompt.text_lines > 1 else 200)
    return forms.CharField(widget=widget, max_length=limit, **common)


def _number(param: Param, common: dict[str, Any]) -> forms.Field:
    low = 0 if param.prompt.minimum is None else param.prompt.minimum
    high = 2**53 - 1 if param.prompt.maximum is None else param.prompt.maximum
    return WholeField(min_value=low, max_value=high, **common)


def _money(param: Param, common: dict[str, Any]) -> forms.Field:
    low = 0 if param.prompt.minimum is None else param.prompt.minimum
    field = AmountField(min_value=low, max_digits=16, decimal_places=2, **common)
    field.widget.attrs["class"] = "money"
    return field


def _day(_param: Param, common: dict[str, Any]) -> forms.Field:
    return DayField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)


def _moment(_param: Param, common: dict[str, Any]) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return MomentField(widget=widget, **common)


def _flag(param: Param, common: dict[str, Any]) -> forms.Field:
    """A box to tick, or for a verdict two answers of which none is chosen yet."""
    if param.required:
        answers = [("True", _("Yes")), ("False", _("No"))]
        return forms.TypedChoiceField(
            choices=answers, widget=forms.RadioSelect, coerce=lambda said: said == "True", **common
        )
    return forms.BooleanField(**{**common, "required": False})


def _choice(param: Param, common: dict[str, Any]) -> forms.Field:
    blank = ("", "—" if param.required else _("Not said"))  # what nobody chose is no answer
    return forms.TypedChoiceField(
        choices=[blank, *param.type.choices], coerce=_coerce(param.type), empty_value=None, **common
    )


def _coerce(kind: Any) -> Any:
    """A form says "2"; a choice of whole numbers knows only 2."""
    whole = isinstance(kind, type) and issubclass(kind, int)
    return (lambda value: kind(int(value))) if whole else kind


def _file(_param: Param, common: dict[str, Any]) -> forms.Field:
    return UploadField(max_length=255, **common)


_SIMPLE = {
    ParamKind.TEXT: _text,
    ParamKind.NUMBER: _number,
    ParamKind.MONEY: _money,
    ParamKind.DAY: _day,
    ParamKind.MOMENT: _moment,
    ParamKind.FLAG: _flag,
    ParamKind.CHOICE: _choice,
    ParamKind.FILE: _file,
}
