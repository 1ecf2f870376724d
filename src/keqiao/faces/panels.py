"""Places that a module may fill in pages below it: its own panel on the page of a model, one panel in the workspace of
the engagements of a service family, tabs among its pages. Declared in `panels.py`.

    add_panel(Enterprise, Related(_("Patents"), Patent, "enterprise"))
    workspace_panel(family="5.5", title=_("IP case"), template="ip/workspace.html", fill=case_of)
    tab("patents", _("Fees"), "fees-list", rank=20)

A module adds panels, never buttons to the card of the step.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from keqiao.faces import page
from keqiao.faces.declared import refuse_missing_template, refuse_name
from keqiao.faces.resource import Panel, add_to_page, must_have_page
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by, name_clauses

FAMILY = re.compile(r"\d+\.\d+")
Fill = Callable[[Any, Actor], Mapping[str, Any]]


def add_panel(model: type[Model], panel: Panel) -> None:
    """A module shows its own on the page of a model below it, such as engagements on the page of an enterprise."""
    must_have_page(model)
    add_to_page(model, panel)


@dataclass(frozen=True, kw_only=True)
class WorkspacePanel:
    """What a module shows in the workspace of its service family. `fill(engagement, actor)` gives the template its values,
    in at most two queries; the template also has `title` and `item`."""

    family: str
    title: Text
    template: str
    fill: Fill
    origin: str


_workspace: dict[str, WorkspacePanel] = {}


def workspace_panel(*, family: str, title: Text, template: str, fill: Fill) -> None:
    """One a family: `family` is its clause, such as 5.5."""
    if not FAMILY.fullmatch(family):
        raise DeclarationError(
            where=declared_at(),
            expected="the clause of a service family",
            came=family,
            remedy="Write it like 5.5.",
        )
    if family in _workspace:
        raise DeclarationError(
            where=declared_at(), expected=f"one panel for the family {family}", came=str(title),
            remedy=f"“{_workspace[family].title}” is declared already: put both into one panel.",
        )  # fmt: skip
    refuse_missing_template(template)
    name_clauses(family)
    _workspace[family] = WorkspacePanel(
        family=family, title=title, template=template, fill=fill, origin=declared_by()
    )


def workspace_panel_of(family: str) -> WorkspacePanel | None:
    return _workspace.get(family)


def any_workspace_panel() -> bool:
    """Whether it is worth asking for the family at all."""
    return bool(_workspace)


def is_service_person(actor: Actor) -> bool:
    return actor.kind == "staff"


@dataclass(frozen=True, kw_only=True)
class Tab:
    group: str
    label: Text
    route: str
    who: Callable[[Actor], bool]
    rank: int
    where: str


_tabs: list[Tab] = []


def tab(
    group: str, label: Text, route: str, *, who: Callable[[Actor], bool] = is_service_person, rank: int = 50
) -> None:
    """Put the page of `route` (a name without arguments) into a group of pages that stand beside each other: each of them
    shows the tabs of all, and the menu needs one entry."""
    refuse_name(group, frozenset(), "a group of tabs")
    if any(tab.route == route for tab in _tabs):
        raise DeclarationError(
            where=declared_at(), expected="a page in one group of tabs", came=route, remedy="Remove one of the two tabs."
        )  # fmt: skip
    _tabs.append(Tab(group=group, label=label, route=route, who=who, rank=rank, where=declared_at()))


def tabs_at(actor: Actor, path: str) -> list[page.Tab]:
    """The tabs of the page at `path`, as tabs.html draws them; none where it stands alone for this person."""
    here = next((tab.group for tab in _tabs if reverse(tab.route) == path), "")
    beside = [tab for tab in _tabs if tab.group == here and tab.who(actor)]
    shown = [
        page.Tab(str(tab.label), reverse(tab.route), active=reverse(tab.route) == path)
        for tab in sorted(beside, key=lambda tab: tab.rank)
    ]
    return shown if len(shown) > 1 else []


def routes() -> list[tuple[str, str]]:
    """Each route named here, with where it is."""
    return [(tab.route, tab.where) for tab in _tabs]


modules.describe("workspace panels", lambda: (panel.origin for panel in _workspace.values()))
