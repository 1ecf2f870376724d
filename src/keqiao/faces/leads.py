"""Where something due is done: the address for a reader, in one place of the site."""

from dataclasses import dataclass

from django.urls import reverse

from keqiao.faces.paths import path_to
from keqiao.faces.resource import resource_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.deadlines import addresses, registry
from keqiao.kernel.steps.deadlines.declaration import Deadline
from keqiao.kernel.steps.deadlines.pending import Pending
from keqiao.kernel.steps.deadlines.people import Who


@dataclass(frozen=True)
class Page:
    """A page of its own for what is asked: `of_about` is given the key of what it belongs to."""

    route: str
    of_about: bool = False


_pages: dict[tuple[str, str], Page] = {}


def lead(key: str, *, kind: str, page: Page) -> None:
    """Lead people of this kind who are asked for the deadline `key` to a page of its own. KeyError where none is declared."""
    registry.get(key)
    _pages[key, kind] = page


def address(one: Pending, actor: Actor) -> str:
    return Leads(actor).to(one)


addresses.give(address)


@dataclass(frozen=True)
class Lead:
    """What is the same for everything of one kind that is due."""

    page: Page | None
    row: str  # the route of the row's own page, and of what it belongs to; empty: no such page
    about: str
    do: str  # the route of the step's form and its name
    form: str
    runs: bool  # whether this person may do whatever the one in charge may


class Leads:
    """Where it is done, for one reader: the step's form for whom it opens, else the page of the row, else of what it
    belongs to."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._known: dict[str, Lead] = {}

    def to(self, one: Pending) -> str:
        lead = self._known.get(one.deadline.key)
        if lead is None:
            lead = self._known[one.deadline.key] = _lead(one.deadline, self.actor)
        if lead.page:
            return reverse(lead.page.route, args=[one.of if lead.page.of_about else one.pk])
        back = path_to(lead.about, one.of) if lead.about else ""
        if not lead.row:
            return back
        if not lead.form or not self._opens(one, lead):
            return path_to(lead.row, one.pk)
        there = path_to(lead.do, one.pk, lead.form)
        return f"{there}?next={back}" if back else there

    def _opens(self, one: Pending, lead: Lead) -> bool:
        """Whether the step's own form would open to them, as far as this can be told without reading the row: others are
        led to the page of what it is about."""
        if one.deadline.waits_for.who is not Who.CHARGE:
            return one.asked
        return self.actor.pk is not None and (one.place.charge == self.actor.pk or lead.runs)


def _lead(deadline: Deadline, actor: Actor) -> Lead:
    resource, about = resource_of(deadline.model), resource_of(deadline.about_model)
    own = resource is not None and not deadline.step
    return Lead(
        page=_pages.get((deadline.key, actor.kind)),
        row=f"{resource.slug}-detail" if resource and own else "",
        about=f"{about.slug}-detail" if about else "",
        do=f"{resource.slug}-do" if resource else "",
        form=_form(deadline) if deadline.form else "",
        runs=deadline.about_of.runs(actor),
    )


def _form(deadline: Deadline) -> str:
    """The first of the operations that end it for which there is a form."""
    known = {op.name for op in operation.operations_on(deadline.model) if op.exposed}
    return next((name for name in deadline.ends_with if name in known), "")
