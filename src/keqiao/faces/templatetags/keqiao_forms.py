"""How the fields of a form are drawn: the widget's classes and hints, and which layout a field has."""

from collections.abc import Mapping

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """The widget of a field, in the classes and with the hints its kind needs."""
    return SafeString(field.as_widget(attrs=hints(field)))


def hints(field: forms.BoundField) -> dict[str, str | bool]:
    widget = field.field.widget
    native_days(widget)
    if isinstance(widget, forms.MultiWidget):
        dress_range(field, widget)
    classes = [widget.attrs.get("class", ""), look(widget)]
    extra: dict[str, str | bool] = {}
    if isinstance(widget, forms.NumberInput):
        classes.append("kq-number")
        widget.input_type = "text"  # a number box drops what it can't read; errors keep what was typed
        extra["inputmode"] = "decimal" if isinstance(field.field, forms.DecimalField) else "numeric"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # Django's own default
        extra["rows"] = "4"
    return extra | {"class": " ".join(filter(None, classes))}


def dress_range(field: forms.BoundField, widget: forms.MultiWidget) -> None:
    for part, label in zip(widget.widgets, (_("from"), _("to")), strict=False):
        part.attrs["aria-label"] = f"{field.label} {label}"
        if isinstance(part, forms.TextInput) and of_days(field.field):
            part.input_type = "date"


def of_days(field: forms.Field) -> bool:
    return isinstance(field, forms.MultiValueField) and isinstance(field.fields[0], forms.DateField)


def native_days(widget: forms.Widget) -> None:
    """Let the browser's own date picker open, which speaks ISO dates whatever the language."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"


def look(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def options(field: forms.BoundField) -> list[forms.boundfield.BoundWidget]:
    """The single choices of a radio or checkbox group."""
    field.field.widget.attrs["class"] = "form-check-input"
    return list(field)


@register.filter
def is_wide(field: forms.BoundField) -> bool:
    return kind_of(field) in {"check", "file", "rows"} or isinstance(field.field.widget, forms.Textarea)


@register.filter
def unit(field: forms.BoundField) -> str:
    """What stands behind the box, such as 元: `field.unit = _("yuan")`."""
    return str(getattr(field.field, "unit", ""))


@register.filter
def sent_before(field: forms.BoundField) -> str:
    """The name of the file that came with the form now shown again: a browser gives no page a file it didn't choose."""
    return (
        ", ".join(str(file.name) for file in field.form.files.getlist(field.html_name))
        if field.form.files
        else ""
    )


@register.filter
def kind_of(field: forms.BoundField) -> str:
    """How a field is laid out: check, choices, file (drop zone), rows (its own table), range, else line."""
    widget = field.field.widget
    if hasattr(widget, "columns"):
        return "rows"
    if isinstance(widget, forms.MultiWidget):
        return "range"
    kinds: Mapping[type, str] = {
        forms.CheckboxInput: "check",
        forms.CheckboxSelectMultiple: "choices",
        forms.RadioSelect: "choices",
        forms.FileInput: "file",
    }
    return next((kind for widget_class, kind in kinds.items() if isinstance(widget, widget_class)), "line")
