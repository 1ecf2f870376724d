"""Parts of pages that come by the hundred, drawn in Python: a template each would cost more than reading them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.faces.templatetags.keqiao import TONES, day, icon, isoday, state_badge

register = template.Library()


@register.filter
def events(day: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines of a day in the calendar."""
    return SafeString("".join(map(_event, day)))


def _event(event: Mapping[str, Any]) -> str:
    tone = event.get("tone") or "plain"
    at = f"{escape(event['time'])} " if event.get("time") else ""
    mark = f'<span class="kq-said">（{escape(event["mark"])}）</span>' if event.get("mark") else ""
    return (
        f'<li class="kq-{tone}"><a href="{escape(event["url"])}">{icon(TONES[tone])}'
        f"<span>{at}{escape(event['label'])}{mark}</span></a></li>"
    )


@register.filter
def due_lines(rows: Iterable[Mapping[str, Any]], tone: str) -> SafeString:
    """The lines of a list of what is due: {due, days}, `days` late."""
    return SafeString("\n".join(_due(row["due"], row["days"], tone) for row in rows))


def _due(due: Any, days: int, tone: str) -> str:
    late = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days} if days else ""
    badge = state_badge(late, "late") if late else ""
    when = f'<time datetime="{isoday(due.on)}">{day(due.on)}</time>' if due.on else escape(_("no day set"))
    notes = "".join(f"<span>{escape(note)}</span>" for note in (due.about, due.kind, due.who) if note)
    clause = f'<span class="kq-clause">{escape(due.clause)}</span>' if due.clause else ""
    return (
        f'<li class="kq-{tone}"><span class="kq-when">{badge}{when}</span>'
        f'<a href="{escape(due.url)}">{escape(due.label)}</a><span class="kq-note">{notes}{clause}</span></li>'
    )
