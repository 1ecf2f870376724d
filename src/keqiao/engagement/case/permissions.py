"""Who may take a step of an engagement. Subjects are an engagement or a part of one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager, is_service_staff
from keqiao.kernel.models import Entry
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import about, steps
from keqiao.kernel.platform.policy import rule


def engagement_of(subject: Any) -> Any:
    return getattr(subject, "engagement", subject)


def group_of(engagement: Any) -> frozenset[int]:
    """Ids of the people in the working group now who are bound to confidentiality (4.1.5), read once an object."""
    if "_group" not in engagement.__dict__:
        ids = engagement.members.filter(left_on__isnull=True, undertaking_at__isnull=False).values_list(
            "user_id", flat=True
        )
        engagement.__dict__["_group"] = frozenset(ids)
    return engagement.__dict__["_group"]  # type: ignore[no-any-return]


@rule(_("Only the consultant of this engagement or a manager may do this."))
def is_in_charge(actor: Actor, subject: Any) -> bool:
    engagement = engagement_of(subject)
    if not is_service_staff(actor) or actor.clearance < engagement.level:
        return False
    return is_manager(actor) or engagement.consultant_id == actor.pk


@rule(_("Only the working group of this engagement may do this."))
def is_at_work(actor: Actor, subject: Any) -> bool:
    if is_in_charge(actor, subject):
        return True
    engagement = engagement_of(subject)
    inside = actor.kind in {"staff", "expert"} and actor.clearance >= engagement.level
    return inside and actor.pk in group_of(engagement)


@rule(_("Only the client of this engagement may do this."))
def is_its_client(actor: Actor, subject: Any) -> bool:
    return actor.kind == "client" and actor.enterprise_id == engagement_of(subject).enterprise_id


@rule(_("Only whoever holds the link answers."))
def holds_link(actor: Actor, _subject: Any) -> bool:
    """The page of the link acts as a visitor and has looked the object up by the secret; nothing else does."""
    return actor.kind == "visitor"


@rule(_("A second person must do this, not the one who wrote it."), second_person=True)
def is_second_person(actor: Actor, subject: Any) -> bool:
    return bool(subject.drafted_by_id != actor.pk)


@rule(_("Only staff or a client user may commission a service."))
def may_commission(actor: Actor, _subject: Any) -> bool:
    return is_service_staff(actor) or actor.kind == "client"


WRITING = (
    "set_contract_terms",
    "write_contract_element",
    "set_fee_schedule",
    "submit_contract",
    "revise_amendment",
)


@rule(_("Whoever wrote any of it can't approve it; a second person must."), second_person=True)
def wrote_none_of_it(actor: Actor, subject: Any) -> bool:
    """Not only the first drafter: the record says who else had a hand in the text."""
    return actor.pk not in writers_of(subject)


def writers_of(subject: Any) -> frozenset[int | None]:
    """Who had a hand in the text; read once for a row, as several steps of one page ask."""
    if "_writers" not in subject.__dict__:
        wrote = Entry.objects.filter(steps(WRITING), about(type(subject)))
        subject.__dict__["_writers"] = frozenset(
            wrote.filter(subject_id=subject.pk).values_list("actor_id", flat=True)
        )
    writers: frozenset[int | None] = subject.__dict__["_writers"]
    return writers


approves = is_manager & is_in_charge & is_second_person & wrote_none_of_it
