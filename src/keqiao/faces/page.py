"""What a page says, as a frozen dataclass of its own: a template gets just the fields of one, each with its type."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, kw_only=True)
class Page:
    """`crumbs` are the pages above it, each its label and its address."""

    title: str
    crumbs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Link:
    """A name with its address, which is empty where the reader may not follow it."""

    label: str
    url: str


@dataclass(frozen=True)
class Tab:
    """One of several parts of a page, as faces/tabs.html draws it."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A labelled value as faces/value.html shows it; `kind` is money, day, moment or text, `unit` that of money."""

    label: Any
    value: Any
    kind: str = ""
    unit: str = ""
    tone: str = ""
    url: str = ""
    note: str = ""
    wide: bool = False


def render_page(
    request: HttpRequest, template: str, page: "DataclassInstance", *, status: int = 200
) -> HttpResponse:
    return render(request, template, values_of(page), status=status)


def values_of(page: "DataclassInstance") -> dict[str, Any]:
    """Its fields by name, one level deep: a row stays the dataclass it is."""
    return {field.name: getattr(page, field.name) for field in fields(page)}
