"""Three clients with a full case each: ours, another consultant's, and one above most people's clearance."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from tests.discovered import fill_lean
from tests.factories import enterprises, people
from tests.factories.world import NOON, World, build, cast_of, signed_in
from tests.walker.canaries import SPOKEN, Planted, plant

from keqiao.accounts.models import Role
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.levels import Level


@dataclass(frozen=True, kw_only=True)
class Walked:
    sides: dict[str, World]
    planted: Planted

    @property
    def ours(self) -> World:
        return self.sides["ours"]

    @property
    def asked_into(self) -> int:
        """The engagement whose undertaking the other expert has yet to sign."""
        from keqiao.engagement.models import Member

        return int(self.ours.of(Member, "unsigned").engagement_id)

    def group_of(self, key: str) -> frozenset[int]:
        """Engagements in whose group this person is, bound to secrecy."""
        actor: Any = self.ours.person(key)
        if actor.pk is None:
            return frozenset()
        found = Engagement.objects.filter(members__user_id=actor.pk, members__undertaking_at__isnull=False)
        return frozenset(found.values_list("pk", flat=True))


def lay() -> Walked:
    ours = build(mark=SPOKEN["ours"])
    ours.people["cleared manager"] = people.staff(
        Role.MANAGER, name="示例高密级经理", clearance=Level.CORE_TRADE_SECRET
    )
    theirs = case(ours, side="theirs", enterprise=ours.theirs, clearance=Level.TRADE_SECRET)
    hidden = enterprises.enterprise(name="示例涉密企业（虚构）", level=Level.CORE_TRADE_SECRET)
    secret = case(ours, side="secret", enterprise=hidden, clearance=Level.CORE_TRADE_SECRET)
    sides = {"ours": ours, "theirs": theirs, "secret": secret}
    planted = plant(
        {side: Enterprise.objects.get(pk=world.cast.enterprise.pk) for side, world in sides.items()}
    )
    ours.clients = {key: signed_in(actor) for key, actor in ours.people.items()}
    return Walked(sides=sides, planted=planted)


def case(ours: World, *, side: str, enterprise: Enterprise, clearance: int) -> World:
    """The same case as ours, of another enterprise and by other people."""
    own = {
        "client": people.client(enterprise_id=enterprise.pk),
        "consultant": people.staff(Role.CONSULTANT, clearance=clearance),
        "member": people.staff(Role.CONSULTANT, clearance=clearance),
        "manager": people.staff(Role.MANAGER, clearance=clearance),
        "expert": people.expert(clearance=clearance),
        "other expert": people.expert(clearance=clearance),
    }
    if side == "theirs":
        own |= {"client": ours.people["other client"], "consultant": ours.people["outsider"]}
    Enterprise.objects.filter(pk=enterprise.pk).update(owner=own["consultant"])
    enterprise.refresh_from_db()
    own_skill(own["consultant"], ours.cast.item)
    players = {**ours.people, **own}
    made = World(
        people=players,
        ours=enterprise,
        theirs=ours.ours,
        cast=cast_of(players, enterprise=enterprise, item=ours.cast.item, mark=SPOKEN[side]),
    )
    fill_lean(made)
    return made


def own_skill(user: Any, item: Any) -> None:
    from tests.factories import organisation

    organisation.able(user=user, competence=item.competences.get())


@contextmanager
def walked() -> Iterator[Walked]:
    with clock.at(NOON), transaction.atomic():
        yield lay()
        transaction.set_rollback(True)
