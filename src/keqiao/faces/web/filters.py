"""The filters of a list, on django-filter, kept in the URL; choices are only what this person may see."""

from datetime import date
from functools import partial
from typing import Any

import django_filters
from django.db.models import DateField, ForeignKey, ManyToManyField, QuerySet
from django.forms import Form, Select
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.faces.choosers import Chooser, dress
from keqiao.faces.columns import field_at
from keqiao.faces.multi_select import OneOrSeveral
from keqiao.faces.resource import Resource
from keqiao.kernel.platform import policy, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.validity import Term, term_of
from keqiao.kernel.platform.written_fields import BetweenDays, OnDay

IN_FORCE_ON = "in_force_on"


def filter_of(resource: Resource, actor: Actor, data: Any, rows: "QuerySet[Any]") -> django_filters.FilterSet:
    names = resource.readable(actor, resource.filters)
    namespace: dict[str, Any] = {name: _filter(resource, name, actor) for name in names}
    if resource.searchable:
        namespace = {"q": django_filters.CharFilter(method="match", label=_("Search")), **namespace}
    term = term_of(resource.model)
    if term:
        stands = partial(_stands, term)
        namespace[IN_FORCE_ON] = OnDay(method=stands, label=_("In force on"))
    meta = type("Meta", (), {"model": resource.model, "fields": []})
    namespace |= {"Meta": meta, "match": _match}
    filter_set = type("ResourceFilter", (django_filters.FilterSet,), namespace)(data, queryset=rows)
    fields = filter_set.form.fields.items()
    dress(
        ((n, f, reverse(f"{resource.slug}-filter-choices", args=[n])) for n, f in fields),
        actor=actor,
        find=data,
    )
    return filter_set


def rows_found(filter_set: django_filters.FilterSet) -> "QuerySet[Any]":
    """What a program or a file gets: a filter that isn't understood is said, rather than passed over."""
    if not filter_set.form.is_valid():
        raise Invalid(
            fields={name: [str(e) for e in errors] for name, errors in filter_set.form.errors.items()}
        )
    return filter_set.qs  # type: ignore[no-any-return]


def _stands(term: Term, rows: "QuerySet[Any]", _name: str, day: date) -> "QuerySet[Any]":
    return rows.filter(term.on(day))


def _match(_self: Any, rows: "QuerySet[Any]", _name: str, text: str) -> "QuerySet[Any]":
    return search.matching(rows, text)


def _filter(resource: Resource, name: str, actor: Actor) -> Any:
    field = field_at(resource.model, name)
    if field is None:
        raise LookupError(f"{resource.slug}: filter {name!r} is no field")
    label = field.verbose_name
    if isinstance(field, ForeignKey | ManyToManyField):
        choices = policy.visible(field.related_model, actor, "choose")
        return django_filters.ModelChoiceFilter(
            field_name=name, queryset=choices, label=label, empty_label=_("All"), widget=Chooser
        )
    if field.choices:
        return django_filters.MultipleChoiceFilter(
            field_name=name, choices=field.choices, label=label, widget=OneOrSeveral, distinct=False
        )
    if isinstance(field, DateField):
        return BetweenDays(field_name=name, label=label)
    if field.get_internal_type() == "BooleanField":
        either = Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))])
        return django_filters.BooleanFilter(field_name=name, label=label, widget=either)
    return django_filters.CharFilter(field_name=name, lookup_expr="icontains", label=label)


def active(form: Form) -> int:
    """How many filters are in force."""
    values = (field.widget.value_from_datadict(form.data, {}, name) for name, field in form.fields.items())
    return sum(1 for value in values if any(value if isinstance(value, list | tuple) else [value]))
