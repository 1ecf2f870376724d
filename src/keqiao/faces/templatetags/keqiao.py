"""What templates need beyond Django: money, days, icons, state badges, links that keep the query."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms, template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MISSING = "—"
# Every state has a shape as well as a colour, so that nobody depends on colour.
TONES = {
    "todo": "circle-dashed",
    "current": "circle-dot",
    "due": "clock",
    "late": "alert-triangle",
    "done": "circle-check",
    "refused": "ban",
    "blocked": "lock",
    "paused": "player-pause",
    "plain": "circle",
}


@register.filter
def money(amount: Decimal | int | str | None, unit: str = "") -> str:
    """1,234.56; with `"wan"` in ten-thousands where the reader counts in them: 123.46 万."""
    if amount is None or amount == "":
        return MISSING
    value = Decimal(amount)
    if unit == "wan" and (get_language() or "").startswith("zh"):
        return f"{two_places(value / 10_000):,} 万"
    return f"{two_places(value):,}"


def two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-22, in the site's time zone."""
    return local(value).strftime("%Y-%m-%d") if value else MISSING


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-22 09:31, in the site's time zone."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else MISSING


def local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def isoday(value: date | datetime | None) -> str:
    """The value of a <time datetime="…">."""
    return local(value).isoformat() if value else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture from the sprite: hidden from screen readers, unless it stands alone and says what it is."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static("keqiao/icons.svg")
    return format_html('<svg class="kq-icon" {} focusable="false"><use href="{}#{}"/></svg>', said, sprite, name)


@register.simple_tag
def state_badge(label: Any, tone: str = "plain") -> SafeString:
    """A state in words, with its shape and colour: `{% state_badge record.get_state_display "due" %}`."""
    return format_html('<span class="kq-state kq-{}">{}<span>{}</span></span>', tone, icon(TONES[tone]), label)


@register.filter
def tone_icon(tone: str) -> str:
    return TONES[tone]


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, *changes: object) -> str:
    """This page's query with some keys set (None takes one out): `{% querystring_with "sort" "-name" "page" None %}`."""
    request = context.get("request")
    query: dict[str, Any] = dict(request.GET.lists()) if request else {}
    for key, value in zip(changes[::2], changes[1::2], strict=True):
        query[str(key)] = value
    kept = {key: value for key, value in query.items() if value not in (None, "", [""], [])}
    return f"?{urlencode(kept, doseq=True)}"


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """The widget of a field, in the classes and with the hints its kind needs."""
    return SafeString(field.as_widget(attrs=hints(field)))


def hints(field: forms.BoundField) -> dict[str, str]:
    widget = field.field.widget
    native_days(widget)
    classes = [widget.attrs.get("class", ""), look(widget)]
    extra = {}
    if isinstance(widget, forms.NumberInput):
        classes.append("kq-number")
        extra["inputmode"] = "decimal" if isinstance(field.field, forms.DecimalField) else "numeric"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # Django's own default
        extra["rows"] = "4"
    return extra | {"class": " ".join(filter(None, classes))}


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
    return isinstance(field.field.widget, forms.Textarea | forms.FileInput | forms.CheckboxInput)


@register.filter
def unit(field: forms.BoundField) -> str:
    """What stands behind the box, such as 元: `field.unit = _("yuan")`."""
    return str(getattr(field.field, "unit", ""))


@register.filter
def kind_of(field: forms.BoundField) -> str:
    """How a field is laid out: `check` beside its label, `choices` as a group, `file` as a drop zone, else `line`."""
    widget = field.field.widget
    kinds: Mapping[type, str] = {
        forms.CheckboxInput: "check",
        forms.CheckboxSelectMultiple: "choices",
        forms.RadioSelect: "choices",
        forms.FileInput: "file",
    }
    return next((kind for widget_class, kind in kinds.items() if isinstance(widget, widget_class)), "line")


@register.filter
def refused(operations: Iterable[Any]) -> list[Any]:
    """The operations that can't be done now; each says why."""
    return [one for one in operations if pick(one, "reason")]


@register.filter
def missing(items: Iterable[Any]) -> int:
    """How many things of a guard are not there yet."""
    return sum(not pick(item, "done") for item in items)


def pick(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name)
