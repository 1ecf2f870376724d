"""A choice that is usually one and may be several: a plain list until the address names more than one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from keqiao.faces.options import Drawn


class OneOrSeveral(Drawn, forms.SelectMultiple):
    """`?state=submitted&state=correcting` finds either; such an address comes from a link, and the form keeps it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        del files
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [one for one in ([given] if isinstance(given, str) else given) if one]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.allow_multiple_selected = len(value or []) > 1
        return super().get_context(name, value, attrs)

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        whole = self.choices
        if not self.allow_multiple_selected:
            self.choices = [("", _("All")), *whole]
        try:
            return super().optgroups(name, value or [""], attrs)
        finally:
            self.choices = whole
