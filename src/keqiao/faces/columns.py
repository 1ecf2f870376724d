"""Values of a row as people read them, and their labels: shared by tables, panels, exports and the API."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Field, Model
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from keqiao.faces.resource import Resource, url_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform.reckoned import in_words, is_provisional
from keqiao.kernel.steps.states import Table


def field_of(model: type[Model], name: str) -> "Field[Any, Any] | None":
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def field_at(model: type[Model], path: str) -> "Field[Any, Any] | None":
    """The field at the end of a path through foreign keys: `item__family`."""
    first, _dots, rest = path.partition("__")
    field = field_of(model, first)
    if not rest or field is None:
        return field
    return field_at(field.related_model, rest) if isinstance(field.related_model, type) else None


def sorts(model: type[Model], name: str) -> bool:
    """Whether the database can order by this column: only by a real field, and not by many rows a row."""
    field = field_of(model, name)
    return field is not None and not field.many_to_many


def label_of(resource: Resource, name: str) -> str:
    """The label of a column. An attribute without one is a fault of the resource."""
    if name in resource.labels:
        return str(resource.labels[name])
    field = field_of(resource.model, name)
    if field is None:
        raise LookupError(f"{resource.slug}: column {name!r} is no field and has no label")
    return str(field.verbose_name)


def is_coded(model: type[Model], name: str) -> bool:
    """Whether a choice is shown as its name and its code."""
    label, code = next(
        ((str(label), value) for value, label in getattr(field_of(model, name), "flatchoices", ())), ("", "")
    )
    return bool(label) and label.endswith(f" {code}")


def is_money(model: type[Model], name: str) -> bool:
    """Whether a column holds amounts: a decimal field, or a property that says it gives them."""
    field = field_of(model, name)
    if field is not None:
        return isinstance(field, DecimalField)
    attribute = getattr(model, name, None)
    return (
        isinstance(attribute, property)
        and attribute.fget is not None
        and get_type_hints(attribute.fget).get("return") is Decimal
    )


def value_of(item: Model, name: str) -> Any:
    """The raw value of a column; choices keep their stored value."""
    value = getattr(item, name)
    return (
        value() if callable(value) and not isinstance(value, Model) and not hasattr(value, "all") else value
    )


def tone_of(item: Model, name: str) -> str:
    """The tone of a column that is the row's state, as the model's table says; empty for every other."""
    table: Table | None = getattr(item, "states", None)
    return table.tones[getattr(item, name)] if table is not None and name == table.field else ""


def shown(item: Model, name: str) -> Any:
    """The value as shown: the label of a choice, yes and no, names of many joined; dates and money stay typed."""
    field = field_of(type(item), name)
    if field is not None and field.choices:
        return str(getattr(item, f"get_{name}_display")())
    return readable(value_of(item, name))


def linked(item: Model, name: str) -> Any:
    """The value as a page shows it: a file leads to its content."""
    value = shown(item, name)
    file = value_of(item, name)
    return format_html('<a href="{}">{}</a>', url_of(file), value) if isinstance(file, Blob) else value


def readable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if is_provisional(value):
        return in_words(value)
    if isinstance(value, int | Decimal | date | str):
        return timezone.localtime(value) if isinstance(value, datetime) else value
    if hasattr(value, "all"):
        return "、".join(str(row) for row in value.all())
    if isinstance(value, Iterable):
        return "、".join(str(item) for item in value)
    return str(value)


def as_json(item: Model, name: str) -> Any:
    """The value for the API: money as text, objects by id with their name, times in ISO form."""
    value = value_of(item, name)
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if hasattr(value, "all"):
        return [{"id": row.pk, "name": str(row)} for row in value.all()]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | list | dict | type(None)) else str(value)
