"""Whom a deadline waits for: as rows that wait for a given person, so that one query answers for everything."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import EVERYTHING, NOTHING

if TYPE_CHECKING:
    from keqiao.kernel.steps.deadlines.declaration import Deadline


class Who(StrEnum):
    CHARGE = "charge"  # who is in charge of what it belongs to, and those who work on it
    CLIENT = "client"  # the client's people
    PERSON = "person"  # the person a field names
    APPROVER = "approver"  # a second person, who reads before deciding
    HOLDER = "holder"  # everybody who holds a role
    OTHER = "other"  # whom a function names: an expert, a reviewer


@dataclass(frozen=True)
class WaitsFor:
    """`asks(deadline, actor)` gives the open rows that wait for this person, `reminds` those they are reminded of; `path`
    is what a field of the model must be called for it, checked when it is declared."""

    who: Who
    asks: Callable[["Deadline", Actor], Q]
    reminds: Callable[["Deadline", Actor], Q]
    path: str = ""


def person(path: str) -> WaitsFor:
    """The person the foreign key `path` names, such as `member__user`."""

    def asks(_deadline: "Deadline", actor: Actor) -> Q:
        return Q(**{path: actor.pk}) if actor.pk else NOTHING

    return WaitsFor(Who.PERSON, asks, asks, path)


def approver(asked: Callable[[Actor], Q]) -> WaitsFor:
    """A second person: `asked(actor)` gives the rows this one may decide on, without those they had a hand in."""
    return _by(Who.APPROVER, asked)


def actors(asked: Callable[[Actor], Q]) -> WaitsFor:
    """Whom `asked(actor)` names: the rows that wait for this person, NOTHING for everybody else."""
    return _by(Who.OTHER, asked)


def holders(role: str) -> WaitsFor:
    """Everybody who holds the role, of the rows they see."""
    return _by(Who.HOLDER, lambda actor: EVERYTHING if role in actor.roles else NOTHING)


def _by(who: Who, asked: Callable[[Actor], Q]) -> WaitsFor:
    def asks(_deadline: "Deadline", actor: Actor) -> Q:
        return asked(actor)

    return WaitsFor(who, asks, asks)


def in_hand(deadline: "Deadline", actor: Actor) -> Q:
    """Rows of what this person is in charge of or works on."""
    about = deadline.about_of
    if actor.kind != "staff" or not (about.in_hand or about.charge):
        return NOTHING
    if about.in_hand is None:
        return _charge(deadline, actor)
    return Q(**{deadline.path("pk__in"): about.in_hand(actor)})


def _charge(deadline: "Deadline", actor: Actor) -> Q:
    return Q(**{deadline.path(deadline.about_of.charge): actor.pk})


def _charge_or_nobody(deadline: "Deadline", actor: Actor) -> Q:
    """Not each who works on it is reminded, but who answers for it; where nobody does or that account is closed, those who
    could give it to somebody."""
    about = deadline.about_of
    if actor.kind != "staff":
        return NOTHING
    charge = deadline.path(about.charge)
    nobody = Q(**{f"{charge}__isnull": True}) | Q(**{f"{charge}__is_active": False})
    return _charge(deadline, actor) | nobody if about.runs(actor) else _charge(deadline, actor)


def _clients(deadline: "Deadline", actor: Actor) -> Q:
    own = Q(**{deadline.path(deadline.about_of.client): actor.enterprise_id})
    return own if actor.kind == "client" else NOTHING


CHARGE = WaitsFor(Who.CHARGE, in_hand, _charge_or_nobody)
CLIENT = WaitsFor(Who.CLIENT, _clients, _clients)
