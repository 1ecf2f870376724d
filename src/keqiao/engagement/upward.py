"""What engagements ask of the house and tell it, for modules that don't know them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.accounts.models import User
from keqiao.engagement.archive.packing import cases_pointed_at, cover, make_packs, own_case
from keqiao.engagement.archive.service_line import NOT_SERVED, service_line
from keqiao.engagement.case.states import OPEN
from keqiao.engagement.delivery.operations.complaint import complaints_are_answered
from keqiao.engagement.delivery.operations.delivery import is_delivered, records_are_open_enough
from keqiao.engagement.delivery.operations.survey import send_survey_once, survey_was_heard
from keqiao.engagement.models import Custody, Deliverable, Engagement, Member, Task
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.steps.gates import gate
from keqiao.kernel.steps.holdings import held_by
from keqiao.kernel.steps.pack_parts import pack_part
from keqiao.kernel.steps.reactions import reaction
from keqiao.kernel.steps.served import served
from keqiao.kernel.steps.ties import tie


def ask_the_client(subject: Engagement | Deliverable) -> None:
    send_survey_once(subject.engagement if isinstance(subject, Deliverable) else subject)


gate(
    step="archive_engagement", name=_("Complaints answered"), clause="6.4.2", missing=complaints_are_answered
)
gate(step="archive_engagement", name=_("Survey heard"), clause="6.4.2", missing=survey_was_heard)
gate(
    step="archive_engagement",
    name=_("Records as open as the engagement"),
    clause="4.1.5",
    missing=records_are_open_enough,
)

reaction(
    name="send-survey",
    after=("accept_deliverable", "finish_delivery"),
    when=is_delivered,
    do=ask_the_client,
    takes=("send_survey",),
    within=False,
)
reaction(
    name="archive-pack",
    after="archive_engagement",
    do=make_packs,
    takes=("keep_archive_pack",),
    within=False,
    external=True,  # it seals, and a seal stands outside every transaction
)

pack_part(of=Engagement, name=_("Record of the engagement"), cases=own_case)
pack_part(of=Engagement, name=_("Records that deliverables point at"), cases=cases_pointed_at)
pack_part(of=Engagement, name=_("Cover and index"), documents=cover)

served(
    Engagement,
    enterprise="enterprise",
    line=service_line,
    when=~Q(state__in=NOT_SERVED),
    related=("item", "enterprise"),
)

AT_WORK = Q(engagement__state__in=OPEN)
held_by(
    Engagement,
    person="consultant_id",
    label=_("Engagements in charge of"),
    when=Q(state__in=OPEN),
    day="stage_due_on",
)
held_by(
    Member,
    person="user_id",
    label=_("Member of the working group"),
    when=AT_WORK & Q(left_on__isnull=True),
    about="engagement",
)
held_by(
    Task,
    person="member__user_id",
    label=pgettext_lazy("held", "Tasks"),
    when=AT_WORK & Q(done_on__isnull=True),
    day="due_on",
    about="engagement",
)
held_by(
    Custody,
    person="engagement__consultant_id",
    label=_("Samples and data in custody"),
    when=Q(returned_on__isnull=True),
    about="engagement",
)

tie(
    "engagement_in_charge",
    label=_("In charge of an engagement of"),
    model=Engagement,
    ends=((User, "consultant_id"), (Enterprise, "enterprise_id")),
    since="created_at",
    until="delivered_on",
)
tie(
    "engagement_member",
    label=_("In the working group of an engagement of"),
    model=Member,
    ends=((User, "user_id"), (Enterprise, "enterprise_id")),
    when=~Q(role="client"),
    since="created_at",
    until="left_on",
)
