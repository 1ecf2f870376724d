"""What a module gives people outside: sections of their start page, pages of its own for a model, public entries.

Declared in `portal.py` of the module; the app `portal` puts it together. Kinds of person: `client` and `expert` sign in,
a `visitor` does not.

    home_section(name="my-courses", kind="client", template="courses/home.html", fill=courses_of, rank=40)
    home_action(kind="client", label=_("Book a course"), route="portal-course", icon="plus")
    model_page(Course, kind="visitor", view=public_course)
    public_entry(name="courses", label=_("Courses"), text=_("What we teach, and when."), route="public-courses", icon="school")
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from keqiao.faces.access import actor_of
from keqiao.faces.declared import refuse_choice, refuse_icon, refuse_missing_template, refuse_name
from keqiao.faces.resource import must_have_page
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.deadlines import registry
from keqiao.kernel.steps.deadlines.pending import Pending
from keqiao.kernel.steps.deadlines.reading import waiting_for
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

AT_HOME = ("client", "expert")
OUTSIDE = (*AT_HOME, "visitor")
Fill = Callable[[HttpRequest], Mapping[str, Any] | None]
PageView = Callable[[HttpRequest, Any], HttpResponse]


@dataclass(frozen=True, kw_only=True)
class HomeSection:
    """A part of the start page: drawn by `template` with what `fill` gives; left out where it gives None."""

    name: str
    kind: str
    template: str
    fill: Fill
    rank: int
    takes: tuple[str, ...]
    origin: str


@dataclass(frozen=True, kw_only=True)
class HomeAction:
    """What somebody may begin from the start page."""

    kind: str
    label: Text
    route: str
    icon: str
    where: str


@dataclass(frozen=True, kw_only=True)
class PublicEntry:
    """A page for everybody, as the public start page lists it. Its view says `@public` itself."""

    name: str
    label: Text
    text: Text
    route: str
    icon: str
    rank: int
    origin: str
    where: str


_sections: list[HomeSection] = []
_actions: list[HomeAction] = []
_pages: dict[tuple[type[Model], str], PageView] = {}
_entries: list[PublicEntry] = []


def home_section(
    *, name: str, kind: str, template: str, fill: Fill, rank: int = 50, takes: tuple[str, ...] = ()
) -> None:
    """Lower ranks stand higher. `fill` should take at most two queries: a start page takes twelve. `takes` are keys of
    deadlines that this section shows by itself; they are then missing from the list of all that is asked."""
    refuse_choice(kind, AT_HOME, "a kind of person with a start page")
    refuse_name(name, {section.name for section in _sections if section.kind == kind}, "a section")
    refuse_missing_template(template)
    for key in takes:
        refuse_choice(key, tuple(deadline.key for deadline in registry.declared()), "the key of a deadline")
    _sections.append(
        HomeSection(
            name=name, kind=kind, template=template, fill=fill, rank=rank, takes=takes, origin=declared_by()
        )
    )


def home_action(*, kind: str, label: Text, route: str, icon: str) -> None:
    refuse_choice(kind, AT_HOME, "a kind of person with a start page")
    refuse_icon(icon)
    _actions.append(HomeAction(kind=kind, label=label, route=route, icon=icon, where=declared_at()))


def model_page(model: type[Model], *, kind: str, view: PageView) -> None:
    """Give people of `kind` a page of their own at the address of a row of `model`. The policy still says which rows they
    open; `visitor` opens the address to whoever comes."""
    refuse_choice(kind, OUTSIDE, "a kind of person outside")
    if (model, kind) in _pages:
        raise DeclarationError(
            where=declared_at(), expected=f"one page of {model.__name__} for each kind of person", came=kind,
            remedy=f"{_pages[model, kind].__module__} gives one already: remove one of the two.",
        )  # fmt: skip
    modules.hold_at_the_end(lambda: must_have_page(model))
    _pages[model, kind] = view


def public_entry(*, name: str, label: Text, text: Text, route: str, icon: str, rank: int = 50) -> None:
    refuse_name(name, {entry.name for entry in _entries}, "a public entry")
    refuse_icon(icon)
    where, origin = declared_at(), declared_by()
    _entries.append(
        PublicEntry(
            name=name, label=label, text=text, route=route, icon=icon, rank=rank, origin=origin, where=where
        )
    )


def sections_of(kind: str) -> list[HomeSection]:
    return sorted(
        (section for section in _sections if section.kind == kind),
        key=lambda section: (section.rank, section.name),
    )


def waiting(request: HttpRequest) -> list[Pending]:
    """What waits for whoever asks, read once a request: several sections show parts of it."""
    if "waiting" not in request.__dict__:
        request.__dict__["waiting"] = list(waiting_for(actor_of(request)))
    waits: list[Pending] = request.__dict__["waiting"]
    return waits


def actions_of(kind: str) -> list[HomeAction]:
    return [action for action in _actions if action.kind == kind]


def page_of(model: type[Model], kind: str) -> PageView | None:
    return _pages.get((model, kind))


def public_entries() -> list[PublicEntry]:
    return sorted(_entries, key=lambda entry: (entry.rank, entry.name))


def routes() -> list[tuple[str, str]]:
    """Each route named here, with where it is."""
    actions = [(action.route, action.where) for action in _actions]
    return actions + [(entry.route, entry.where) for entry in _entries]


modules.describe("sections of start pages", lambda: (section.origin for section in _sections))
modules.describe("public entries", lambda: (entry.origin for entry in _entries))
