"""What of a model is seen: list, detail, history, export, API. About ten lines a model; the rest follows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.faces.areas import Menu
from keqiao.faces.declared import refuse_choice, refuse_icon, refuse_missing_template, refuse_name
from keqiao.faces.paths import path_to
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by
from keqiao.kernel.steps.declared_fields import must_be_read, must_show
from keqiao.kernel.steps.file_owners import carries_files
from keqiao.kernel.steps.operation import Operation, operations_on

NOTHING = _("Nothing here yet.")
# First words of addresses that are no list's.
OF_THE_HOUSE = frozenset(
    ("accounts", "api", "calendar", "due", "files", "language", "late", "notifications", "search", "settings", "static")
)  # fmt: skip


@dataclass(frozen=True)
class Fields:
    """A panel of label and value. Names may be fields or attributes; an attribute's label comes from `labels`."""

    title: Text
    names: tuple[str, ...]


@dataclass(frozen=True)
class Related:
    """A panel of rows that point here through `via`, of a model that has a resource of its own."""

    title: Text
    model: type[Model]
    via: str
    columns: tuple[str, ...] = ()
    order: str = ""
    limit: int = 50


@dataclass(frozen=True)
class Custom:
    """A panel of its own making: a template and what fills it."""

    title: Text
    template: str
    fill: Callable[[Any, Actor], Mapping[str, Any]]


Panel = Fields | Related | Custom


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource:
    model: type[Model]
    slug: str
    columns: tuple[str, ...]
    panels: tuple[Panel, ...] = ()
    filters: tuple[str, ...] = ()
    api: tuple[str, ...] = ()  # the columns when empty
    order: tuple[str, ...] = ("-pk",)
    related: tuple[str, ...] = ()  # foreign keys read with the row
    prefetch: tuple[str, ...] = ()  # many-valued relations that the columns need
    detail_prefetch: tuple[str, ...] = ()  # and those only the page of one row needs
    labels: Mapping[str, Text] = field(default_factory=dict)  # of columns that are attributes
    menu: Menu | None = None
    files: tuple[str, ...] = ()  # foreign keys to files, each as open as the row and the field
    parent: str = ""  # the foreign key to the page this row is shown on; such rows have no list in the menu
    page: Callable[..., Any] | None = None  # a bespoke detail page
    bulk: tuple[str, ...] = ()  # operations that the list offers for many rows at once
    empty: Text = NOTHING

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def all_panels(self) -> tuple[Panel, ...]:
        """Its own and those that modules above have added."""
        return (*self.panels, *(panel for _by, panel in _added.get(self.model, ())))

    @property
    def operations(self) -> tuple[Operation, ...]:
        return operations_on(self.model)

    @property
    def api_fields(self) -> tuple[str, ...]:
        return self.api or self.columns

    @property
    def searchable(self) -> bool:
        return self.model in search.searchable_models()

    @property
    def export_name(self) -> str:
        return f"{self.slug}-export"

    @property
    def history_name(self) -> str:
        return f"{self.slug}-history"

    def rows(self, actor: Actor, verb: str = "view") -> "QuerySet[Any]":
        rows = policy.visible(self.model, actor, verb).order_by(*self.order)
        return self.with_related(rows)

    def with_related(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Read with what the columns show. (`select_related()` without names would join everything there is.)"""
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.prefetch_related(*self.prefetch) if self.prefetch else rows

    def get(self, actor: Actor, pk: object) -> Any:
        return policy.visible_object(
            self.model, actor, pk, related=self.related, prefetch=(*self.prefetch, *self.detail_prefetch)
        )

    def readable(self, actor: Actor, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if policy.may_read(self.model, actor, name))

    def list_url(self) -> str:
        return reverse(f"{self.slug}-list")

    def url(self, item: Model) -> str:
        return path_to(f"{self.slug}-detail", item.pk)


@dataclass(frozen=True)
class Help:
    """A link beside a list or on the form that adds a row, such as a template to download."""

    label: Text
    url: str
    icon: str = "download"


GivesHelps = Callable[[Resource, Actor, str], Iterable[Help]]
_helps: list[GivesHelps] = []


def add_helps(give: GivesHelps) -> None:
    """`give(resource, actor, step)` yields the links beside the list of a resource (`step` empty), or on the form of the
    step of that name."""
    _helps.append(give)


def helps_of(resource: Resource, actor: Actor, step: str = "") -> list[Help]:
    return [link for give in _helps for link in give(resource, actor, step)]


_registry: dict[type[Model], Resource] = {}
_origins: list[str] = []


def register(resource: Resource) -> Resource:
    """Raises DeclarationError for a model or a slug that is registered already."""
    twice = [
        other for other in _registry.values() if resource.model is other.model or resource.slug == other.slug
    ]
    if twice:
        raise DeclarationError(
            where=declared_at(),
            expected="one resource a model, with a slug of its own",
            came=f"{resource.model.__name__} as {resource.slug}",
            remedy=f"{twice[0].model.__name__} is registered as {twice[0].slug} already: take one of the two out.",
        )
    refuse_name(resource.slug, OF_THE_HOUSE, "an address")
    if resource.menu:
        refuse_icon(resource.menu.icon)
    modules.hold_at_the_end(lambda: _hold(resource))
    _registry[resource.model] = resource
    _origins.append(declared_by())
    carries_files(resource.model, *resource.files)
    return resource


def _hold(resource: Resource) -> None:
    """Raises DeclarationError for what would take its pages down. Asked when all steps and resources are known."""
    ordered = [name.removeprefix("-") for name in resource.order]
    must_be_read(resource.model, *ordered, *resource.related, *resource.filters)
    must_show(resource.model, *resource.columns, *resource.api, labels=resource.labels)
    for name in resource.bulk:
        refuse_choice(name, tuple(op.name for op in resource.operations), f"a step on {resource.title}")
    for panel in resource.panels:
        _hold_panel(resource, panel)


def must_have_page(model: type[Model]) -> None:
    if model not in _registry:
        raise DeclarationError(
            where=declared_at(), expected="a model with a page, declared before", came=model.__name__,
            remedy=f"Register a Resource for {model.__name__} in the resources of its app, below this module.",
        )  # fmt: skip


def _hold_panel(resource: Resource, panel: Panel) -> None:
    if isinstance(panel, Fields):
        must_show(resource.model, *panel.names, labels=resource.labels)
    elif isinstance(panel, Custom):
        refuse_missing_template(panel.template)
    else:
        must_have_page(panel.model)
        must_be_read(panel.model, panel.via, *filter(None, [panel.order.removeprefix("-")]))
        must_show(panel.model, *panel.columns, labels=_registry[panel.model].labels)


_added: dict[type[Model], list[tuple[str, Panel]]] = {}


def add_to_page(model: type[Model], panel: Panel) -> None:
    """For panels.py, where modules declare it."""
    modules.hold_at_the_end(lambda: _hold_panel(_registry[model], panel))
    _added.setdefault(model, []).append((declared_by(), panel))


def resources() -> tuple[Resource, ...]:
    return tuple(_registry.values())


def resource_of(model: type[Model]) -> Resource | None:
    return _registry.get(model)


def url_of(item: Model) -> str:
    """The page that shows `item`; a file is its own page. Empty when it is shown nowhere."""
    if isinstance(item, Blob):
        return path_to("file", item.pk)
    resource = _registry.get(type(item))
    if resource is None:
        return ""
    return resource.url(item)


modules.describe("pages", lambda: _origins)
modules.describe("panels", lambda: (by for many in _added.values() for by, _panel in many))
