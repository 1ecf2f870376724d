"""6.3.1: the working group, with the competence its service wants, every member bound to confidentiality."""

from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, User
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import begin_step
from keqiao.engagement.case.permissions import is_at_work, is_in_charge
from keqiao.engagement.case.states import RUNNING, Stage
from keqiao.engagement.preparation.models.group import Member, MemberRole, Task
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.platform.policy import rule
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.organisation.queries import competences_not_held

UNDERTAKING = (
    "本人参加本服务项目工作组，承诺对服务对象提供的技术资料、经营信息及工作中形成的数据保密，"
    "只用于本项目，不复制、不外传；项目结束后返还或销毁所持资料，保密义务继续有效。"
)


def people_for(rows: Any, engagement: Engagement) -> Any:
    """Who may join: staff and experts in service, and the client's own people."""
    ours = Q(kind__in=[Kind.STAFF, Kind.EXPERT])
    return rows.filter(
        ours | Q(kind=Kind.CLIENT, enterprise_id=engagement.enterprise_id), is_active=True
    ).order_by("name")


@operation(
    clause="6.3.1",
    on=Engagement,
    when=RUNNING,
    permission=is_in_charge,
    label=_("Add a member"),
    primary=True,
)
def add_member(
    *,
    engagement: Engagement,
    actor: Actor,
    user: Annotated[User, Prompt(label=_("Person"), narrow=people_for)],
    role: Annotated[MemberRole, Prompt(label=_("Role"))],
    duty: Annotated[str, Prompt(label=_("Duty"), max_length=300)],
) -> Member:
    """Put a person into the group. The role must fit the person; clearance must reach the level."""
    del actor
    fits = {
        Kind.STAFF: {MemberRole.LEADER, MemberRole.CONSULTANT},
        Kind.EXPERT: {MemberRole.EXPERT},
        Kind.CLIENT: {MemberRole.CLIENT},
    }
    if role not in fits[Kind(user.kind)]:
        raise Invalid(_("This role doesn't fit this person."), field="role")
    if user.kind != Kind.CLIENT and user.clearance < engagement.level:
        raise Invalid(
            _("This person's clearance is below the classification of the engagement."), field="user"
        )
    if engagement.members.filter(user=user, left_on__isnull=True).exists():
        raise Invalid(_("This person is already in the group."), field="user")
    member, _new = Member.objects.update_or_create(
        engagement=engagement, user=user, defaults={"role": role, "duty": duty, "left_on": None}
    )
    return member


def still_in(member: Member) -> list[Missing]:
    return [Missing(_("This person has left the group already."), "6.3.1")] if member.left_on else []


@operation(
    clause="6.3.1",
    on=Member,
    permission=is_in_charge,
    label=_("Take out of the group"),
    guard=still_in,
    danger=_("This person loses access to the engagement."),
)
def remove_member(
    *, member: Member, actor: Actor, reason: Annotated[str, Prompt(label=_("Reason"))]
) -> Member:
    del actor, reason
    member.left_on = clock.today()
    member.save()
    return member


@rule(_("Everyone signs for themselves."))
def is_oneself(actor: Actor, subject: Any) -> bool:
    return actor.pk is not None and subject.user_id == actor.pk


def not_signed_yet(member: Member) -> list[Missing]:
    return [Missing(_("The undertaking is signed already."), "4.1.5")] if member.undertaking_at else []


@operation(
    clause="4.1.5",
    on=Member,
    permission=is_oneself,
    label=_("Sign confidentiality undertaking"),
    guard=not_signed_yet,
    danger=_(
        "You undertake to keep what you learn in this engagement secret; "
        "your name, the time and the hash of the text are recorded."
    ),
    primary=True,
)
def sign_undertaking(*, member: Member, actor: Actor) -> Member:
    """Sign for oneself. The hash of the text signed is kept, so that the text can't be exchanged later."""
    del actor
    member.undertaking_at = clock.now()
    member.undertaking_sha256 = sha256(UNDERTAKING.encode()).hexdigest()
    member.save()
    return member


def tasks_of(rows: Any, engagement: Engagement) -> Any:
    return rows.filter(engagement=engagement, left_on__isnull=True)


@operation(clause="6.3.1", on=Engagement, when=RUNNING, permission=is_in_charge, label=_("Assign a task"))
def assign_task(
    *,
    engagement: Engagement,
    actor: Actor,
    title: Annotated[str, Prompt(label=_("Task"), max_length=160)],
    member: Annotated[Member, Prompt(label=_("Whose"), narrow=tasks_of)],
    due_on: Annotated[date, Prompt(label=_("Due on"))],
) -> Task:
    del actor
    if member.engagement_id != engagement.pk or member.left_on:
        raise Invalid(_("This person is not in the group of this engagement."), field="member")
    return Task.objects.create(engagement=engagement, title=title, member=member, due_on=due_on)


def task_is_open(task: Task) -> list[Missing]:
    return [Missing(_("This task is done already."), "6.3.1")] if task.done_on else []


@rule(_("Only the one who has the task, or the working group, may do this."))
def has_the_task(actor: Actor, subject: Any) -> bool:
    return actor.pk is not None and subject.member.user_id == actor.pk and subject.member.left_on is None


@operation(
    clause="6.3.1",
    on=Task,
    permission=is_at_work | has_the_task,
    label=_("Done"),
    guard=task_is_open,
    primary=True,
)
def finish_task(
    *, task: Task, actor: Actor, note: Annotated[str, Prompt(label=_("Note"), text_lines=2)] = ""
) -> Task:
    del actor, note
    task.done_on = clock.today()
    task.save()
    return task


def group_is_able(engagement: Engagement) -> list[Missing]:
    """A leader, every competence the item wants held validly by someone, each of ours bound to secrecy."""
    members = [one for one in engagement.members.all() if one.left_on is None]
    ours = [one for one in members if one.role != MemberRole.CLIENT]
    found = []
    if not any(one.role == MemberRole.LEADER for one in members):
        found.append(Missing(_("The group has no leader."), "6.3.1", _("Add a member as leader.")))
    lacking = competences_not_held(
        engagement.item.competences.all(), [one.user_id for one in ours], clock.today()
    )
    found += [
        Missing(
            _("Nobody in the group validly has the competence “%(name)s”.") % {"name": one.name},
            "4.2.3",
            _("Add someone who has it, or record the competence with its proof."),
        )
        for one in lacking
    ]
    found += [
        Missing(
            _("%(name)s has not signed the confidentiality undertaking.") % {"name": one.user.name},
            "4.1.5",
            _("Each signs for themselves."),
        )
        for one in ours
        if one.undertaking_at is None
    ]
    return found


@operation(
    clause="6.3.1",
    on=Engagement,
    when=Stage.CONTRACTED,
    then=Stage.INVESTIGATING,
    permission=is_in_charge,
    label=_("Form the working group"),
    guard=group_is_able,
    primary=True,
)
def form_group(*, engagement: Engagement, actor: Actor) -> None:
    """Close the forming of the group; investigation begins."""
    del actor
    begin_step(engagement)
