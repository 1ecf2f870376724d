"""The options of a select in one piece of HTML: a list of regions has hundreds, and a template each is dear."""

from collections.abc import Collection, Iterable
from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString


class Drawn(forms.Select):
    """A select whose options are drawn at once; its choices have no groups."""

    template_name = "faces/select.html"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        del name, attrs
        return options(self.choices, value)


def options(choices: Iterable[tuple[Any, Any]], chosen: Collection[str]) -> SafeString:
    return SafeString("".join(_option(str(value), str(label), chosen) for value, label in choices))


def _option(value: str, label: str, chosen: Collection[str]) -> str:
    selected = " selected" if value in chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(label)}</option>'
