"""What templates need beyond Django: money, days, icons, state badges, links that keep the query."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.faces.choosers import FIND
from keqiao.faces.columns import tone_of
from keqiao.kernel.platform.reckoned import in_words, is_provisional
from keqiao.kernel.steps.states import Tone

register = template.Library()

MISSING = "—"
LONG = 40
# Every state has a shape as well as a colour, so that nobody depends on colour.
TONES = {
    Tone.TODO: "circle-dashed",
    Tone.CURRENT: "circle-dot",
    Tone.DUE: "clock",
    Tone.LATE: "alert-triangle",
    Tone.DONE: "circle-check",
    Tone.REFUSED: "ban",
    Tone.PAUSED: "player-pause",
    Tone.PLAIN: "circle",
    "blocked": "lock",  # of a step on the rail, not of a state
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


@register.filter
def figure(value: Decimal | int) -> str:
    """A count or a sum: 1,234, or 1,234.50 where there are parts."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}"


@register.filter
def yuan(amount: Decimal | int | str | None, unit: str = "") -> str:
    """An amount with its unit: 1,234.56 元, or 123.46 万元."""
    text = money(amount, unit)
    return f"{text}元" if text.endswith("万") else _("%(amount)s yuan") % {"amount": text}


def two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-22, in the site's time zone; of a day that a table of days off may move, that it is provisional."""
    if not value:
        return MISSING
    return in_words(value) if is_provisional(value) else local(value).strftime("%Y-%m-%d")


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
    return _icon(str(name), str(label))


@lru_cache(maxsize=1000)
def _icon(name: str, label: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static("keqiao/icons.svg")
    return format_html(
        '<svg class="kq-icon" {} focusable="false"><use href="{}#{}"/></svg>', said, sprite, name
    )


@register.simple_tag
def state_badge(label: Any, tone: str = "plain") -> SafeString:
    """A state in words, with its shape and colour: `{% state_badge record.get_state_display "due" %}`."""
    return format_html(
        '<span class="kq-state kq-{}">{}<span>{}</span></span>', tone, icon(TONES[tone]), label
    )


@register.simple_tag
def state_of(item: Any) -> SafeString:
    """The state of a row as its badge, in the tone its table gives it: `{% state_of item %}`."""
    field = item.states.field
    return state_badge(getattr(item, f"get_{field}_display")(), tone_of(item, field))


@register.filter
def cell(value: object, tone: str = "") -> object:
    """A value in a table: days and money in their forms, yes and no in words, a state, which has a tone, as its badge."""
    if tone:
        return state_badge(value, tone)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        words = moment(value) if isinstance(value, datetime) else day(value)
        return format_html('<time datetime="{}">{}</time>', isoday(value), words)
    if isinstance(value, Decimal):
        return money(value)
    return MISSING if value is None or value == "" else value


@register.filter
def is_long(value: object) -> bool:
    """A text that wants the whole width of its panel."""
    return isinstance(value, str) and (len(value) > LONG or "\n" in value)


@register.filter
def nth(values: Sequence[Any], place: int) -> Any:
    return values[place]


@register.filter
def tone_icon(tone: str) -> str:
    return TONES[tone]


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, *changes: object) -> str:
    """This page's query with keys set, or taken out: `{% querystring_with "sort" "-name" "page" None %}`."""
    request = context.get("request")
    query: dict[str, Any] = dict(request.GET.lists()) if request else {}
    for key, value in zip(changes[::2], changes[1::2], strict=True):
        query[str(key)] = value
    kept = {key: value for key, value in query.items() if value not in (None, "", [""], [])}
    return f"?{urlencode(kept, doseq=True)}"


@register.filter
def besides_find(request: Any) -> list[tuple[str, str]]:
    """What the address says, without the words that lists of a form are narrowed by: those stand in their own boxes."""
    lists = request.GET.lists() if request else ()
    return [(name, value) for name, many in lists if not name.endswith(FIND) for value in many]


@register.filter
def possible(operations: Iterable[Any]) -> list[Any]:
    return [op for op in operations if not pick(op, "why_not")]


@register.filter
def nearly(operations: Iterable[Any]) -> list[Any]:
    """The operations whose turn it is, were it not for what each lists as missing."""
    return [op for op in operations if pick(op, "why_not") and pick(op, "missing")]


@register.filter
def refused(operations: Iterable[Any]) -> list[Any]:
    """The operations whose turn it is not; each says why."""
    return [op for op in operations if pick(op, "why_not") and not pick(op, "missing")]


@register.filter
def missing(items: Iterable[Any]) -> int:
    """How many things of a guard are not there yet."""
    return sum(not pick(item, "done") for item in items)


def pick(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


@register.filter
def steps_to(number: int) -> range:
    """1, 2, … number, for what is drawn a step at a time."""
    return range(1, number + 1)
