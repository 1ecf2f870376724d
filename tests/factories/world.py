"""One institution with people of every kind, two clients, and of every stateful model a row in every state.

Built once a module, in a transaction that is rolled back at its end (see `built`), so that hundreds of tests can
take a prepared row without each building its own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.test import Client
from tests.discovered import fill
from tests.factories import catalogue, enterprises, organisation, people
from tests.factories.doors import DOOR
from tests.factories.engagements import Cast, engagement

from keqiao.accounts.models import Role, User
from keqiao.engagement.case.states import Stage
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.models import Holiday, HolidayYear
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import VISITOR, Actor
from keqiao.kernel.platform.calendar_seed import seed_known_years
from keqiao.kernel.platform.levels import Level

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Shanghai


@dataclass(kw_only=True)
class World:
    people: dict[str, Actor]
    ours: Enterprise
    theirs: Enterprise
    cast: Cast
    rows: dict[tuple[type[Model], str], Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def of(self, model: type[Model], state: str = "") -> Any:
        """The prepared row of `model` in `state`, as the database has it now."""
        found = self.rows[model, str(state)]
        return model._default_manager.get(pk=found.pk)

    def has(self, model: type[Model], state: str = "") -> bool:
        return (model, str(state)) in self.rows

    def put(self, row: Model, state: str = "") -> None:
        self.rows[type(row), str(state)] = row

    def rows_pk(self, model: str, state: str) -> int:
        return int(
            next(
                row.pk for (kind, name), row in self.rows.items() if kind.__name__ == model and name == state
            )
        )

    def any_pk(self, model: type[Model]) -> int | None:
        """A row of this model that was put here, or else the newest of this world's client."""
        put = next((row.pk for (kind, _state), row in self.rows.items() if kind is model), None)
        if put is not None or "enterprise" not in {field.name for field in model._meta.fields}:
            return put
        found = model._default_manager.filter(enterprise=self.cast.enterprise).order_by("-pk")
        return found.values_list("pk", flat=True).first()

    def visit(self, key: str) -> Client:
        """The browser of this person, signed in since the world was built."""
        return self.clients[key]

    def person(self, key: str) -> Actor:
        """A new object each time: what an earlier request read about the person (roles, group) is forgotten."""
        found = self.people[key]
        return User.objects.get(pk=found.pk) if isinstance(found, User) else found


def actors(*, ours: Enterprise, theirs: Enterprise) -> dict[str, Actor]:
    """Every kind of actor the access rules tell apart. `consultant` is in charge, `outsider` is of another case."""
    return {
        "visitor": VISITOR,
        "client": people.client(enterprise_id=ours.pk, name="示例客户"),
        "other client": people.client(enterprise_id=theirs.pk, name="示例别家客户"),
        "consultant": people.staff(Role.CONSULTANT, name="示例顾问"),
        "outsider": people.staff(Role.CONSULTANT, name="示例外组顾问"),
        "member": people.staff(Role.CONSULTANT, name="示例组员"),
        "manager": people.staff(Role.MANAGER, name="示例经理"),
        "low manager": people.staff(Role.MANAGER, name="示例无密级经理", clearance=Level.PUBLIC),
        "auditor": people.staff(Role.AUDITOR, name="示例审计员"),
        "expert": people.expert(name="示例专家"),
        "other expert": people.expert(name="示例别组专家"),
        "system administrator": people.staff(
            Role.SYSTEM_ADMIN, name="示例系统管理员", clearance=Level.CORE_TRADE_SECRET
        ),
        "security administrator": people.staff(
            Role.SECURITY_ADMIN, name="示例安全管理员", clearance=Level.CORE_TRADE_SECRET
        ),
        "audit administrator": people.staff(
            Role.AUDIT_ADMIN, name="示例审计管理员", clearance=Level.CORE_TRADE_SECRET
        ),
    }


def cast_of(players: dict[str, Any], *, enterprise: Enterprise, item: Any, mark: str = "") -> Cast:
    parts = {key: players[key] for key in ("client", "consultant", "manager", "member", "expert")}
    return Cast(enterprise=enterprise, item=item, mark=mark, **parts)


def build(*, stages: tuple[str, ...] = tuple(Stage.values), parts: bool = True, mark: str = "") -> World:
    seed_known_years(
        holiday=Holiday, holiday_year=HolidayYear
    )  # a test that committed before may have emptied it
    organisation.institution()
    catalogue.stage_limits()
    ours, theirs = (
        enterprises.enterprise(name="示例科技（虚构）"),
        enterprises.enterprise(name="示例别家（虚构）"),
    )
    players: Any = actors(ours=ours, theirs=theirs)
    for enterprise, owner in ((ours, "consultant"), (theirs, "outsider")):
        enterprise.owner = players[owner]
        enterprise.save()
    skill = organisation.competence()
    organisation.able(user=players["consultant"], competence=skill)
    cast = cast_of(players, enterprise=ours, item=catalogue.service_item(competence=skill), mark=mark)
    world = World(people=players, ours=ours, theirs=theirs, cast=cast)
    for stage in stages:
        world.put(engagement(cast, state=stage), stage)
    if parts:
        fill(world)
    world.clients = {key: signed_in(actor) for key, actor in players.items()}
    return world


def signed_in(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    if isinstance(actor, User):
        client.force_login(actor, backend=DOOR)
        session = client.session  # proved a moment ago who they are, so that sensitive steps go on
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return client


@contextmanager
def built(**how: Any) -> Iterator[World]:
    """A world inside a transaction that never commits. Tests inside open their own transactions in it."""
    with clock.at(NOON), transaction.atomic():
        yield build(**how)
        transaction.set_rollback(True)
