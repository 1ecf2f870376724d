"""Fields that choose rows of a model: the chosen and a first page stand in the form, others are asked for by typing.

A set that fits the first page stays a plain list. Without scripts the rest is reached by a box that loads the page anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet

from keqiao.faces.options import Drawn
from keqiao.faces.resource import resource_of
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.autocomplete import suggestions
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps.params import Param

M = TypeVar("M", bound=Model)
PAGE = 30
FIND = "-find"  # what a name in the address ends with that carries the words to narrow a list by


class Chooser(Drawn):
    """A select over a queryset that draws at most a page of it, and what is chosen. `address` answers for the rest."""

    template_name = "faces/chooser.html"
    address = ""
    find = ""
    names_only = False
    more = False

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        whole = self.choices
        self.choices = self._few(whole, value)
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = whole

    def _few(self, whole: Any, value: list[str]) -> list[tuple[Any, str]]:
        first = suggestions(in_order(whole.queryset), self.find, by_title=self.names_only, most=PAGE + 1)
        self.more = len(first) > PAGE or bool(self.find)
        chosen = _chosen(whole.queryset, value, first[:PAGE])
        empty = whole.field.empty_label
        blank = [] if empty is None else [("", empty)]
        return [*blank, *(whole.choice(row) for row in (*chosen, *first[:PAGE]))]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if self.more:
            given = context["widget"]["attrs"]
            note = f"{given.get('id', name)}_more"
            described = " ".join(filter(None, (given.get("aria-describedby"), note)))
            given |= {"data-search": True, "data-url": self.address, "aria-describedby": described}
            context |= {"note": note, "find_name": f"{name}{FIND}", "find": self.find, "page": PAGE}
        return context


def _chosen(rows: "QuerySet[M]", value: list[str], shown: list[M]) -> list[M]:
    """The chosen rows that the first page lacks, as far as they may be chosen."""
    there = {str(row.pk) for row in shown}
    beyond = [pk for one in value if one not in there and (pk := whole_number(one)) is not None]
    return list(rows.filter(pk__in=beyond)) if beyond else []


class MultipleChooser(Chooser, forms.SelectMultiple):
    pass


def in_order(rows: "QuerySet[M]") -> "QuerySet[M]":
    """As its list has them, if nothing else was said; read with what their names are made of."""
    resource = resource_of(rows.model)
    if resource is None:
        return rows if rows.ordered else rows.order_by("pk")
    related = rows.select_related(*resource.related) if resource.related else rows
    return related if rows.ordered else related.order_by(*resource.order)


def open_rows(param: Param, *, actor: Actor, subject: Model | None) -> "QuerySet[Any]":
    """What `actor` may choose for a parameter of a step on `subject`."""
    rows = policy.visible(param.model, actor, "choose")
    narrowed: QuerySet[Any] = param.prompt.narrow(rows, subject) if param.prompt.narrow else rows
    return narrowed


def suggested(rows: "QuerySet[M]", text: str, *, actor: Actor) -> list[M]:
    """The rows to offer for what was typed. Whoever only chooses among names finds by nothing but the name."""
    return suggestions(in_order(rows), text, by_title=_names_only(rows, actor))


def _names_only(rows: "QuerySet[Any]", actor: Actor) -> bool:
    return not policy.opens_any(rows.model, actor)


def dress(fields: Iterable[tuple[str, forms.Field, str]], *, actor: Actor, find: Mapping[str, str]) -> None:
    """Tell each chooser among (name, field, address) where it asks, and what its list is narrowed by."""
    for name, field, address in fields:
        if isinstance(field, forms.ModelChoiceField) and isinstance(field.widget, Chooser):
            assert field.queryset is not None
            field.widget.address = address
            field.widget.names_only = _names_only(field.queryset, actor)
            field.widget.find = find.get(f"{name}{FIND}", "")[:200]
