"""6.1.2 site visit; 6.1.3 feasibility, acceptance and decline."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import begin_step, by_age, keep_pdf, keep_upload
from keqiao.engagement.case.permissions import is_in_charge
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.models import Feasibility, Notice, NoticeKind, SiteVisit
from keqiao.engagement.intake.papers import intake
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload


@operation(
    clause="6.1.2",
    on=Engagement,
    when=(Stage.SUBMITTED, Stage.CORRECTING, Stage.REVIEWED),
    permission=is_in_charge,
    label=_("Record site visit"),
)
def record_site_visit(
    *,
    engagement: Engagement,
    actor: Actor,
    visited_on: Annotated[date, Prompt(label=_("Visited on"))],
    place: Annotated[str, Prompt(label=_("Place"), max_length=160)],
    people: Annotated[str, Prompt(label=_("People present"), max_length=300)],
    findings: Annotated[str, Prompt(label=_("What was found"), text_lines=4)],
    file: Annotated[Upload | None, Prompt(label=_("Photograph or report"))] = None,
) -> SiteVisit:
    if visited_on > clock.today():
        raise Invalid(_("A visit that is still to come can't be recorded."), field="visited_on")
    blob = keep_upload(engagement, file, actor) if file else None
    return SiteVisit.objects.create(
        engagement=engagement, visited_on=visited_on, place=place, people=people, findings=findings, blob=blob
    )


@operation(
    clause="6.1.3",
    on=Engagement,
    when=Stage.REVIEWED,
    permission=is_in_charge,
    label=_("Decide feasibility"),
    primary=True,
)
def decide_feasibility(
    *,
    engagement: Engagement,
    actor: Actor,
    feasible: Annotated[bool, Prompt(label=_("The service can be given"))],
    grounds: Annotated[str, Prompt(label=_("Grounds"), text_lines=4)],
    risks: Annotated[str, Prompt(label=_("Risks"), text_lines=3)] = "",
) -> Feasibility:
    """Judge whether the institution can give the service; the last decision counts."""
    return Feasibility.objects.create(
        engagement=engagement, feasible=feasible, grounds=grounds, risks=risks, decided_by_id=actor.pk
    )


def decided(engagement: Engagement, *, feasible: bool) -> list[Missing]:
    last = next(reversed(by_age(engagement.feasibilities.all())), None)
    if last is None:
        return [Missing(_("Feasibility is not decided."), "6.1.3", _("Decide it, with grounds."))]
    if last.feasible != feasible:
        said = (
            _("The service was judged feasible.")
            if last.feasible
            else _("The service was judged not feasible.")
        )
        return [Missing(said, "6.1.3", _("Decide anew where that has changed."))]
    return []


@operation(
    clause="6.1.3",
    on=Engagement,
    when=Stage.REVIEWED,
    then=Stage.ACCEPTED,
    permission=is_in_charge,
    label=_("Accept commission"),
    guard=lambda engagement: decided(engagement, feasible=True),
    primary=True,
)
def accept_commission(
    *,
    engagement: Engagement,
    actor: Actor,
    content: Annotated[
        str, Prompt(label=_("Service content"), text_lines=4, initial=lambda e: e.item.summary)
    ],
    time_limit: Annotated[date, Prompt(label=_("Time limit"))],
    client_rights: Annotated[
        str, Prompt(label=_("Rights of the client"), text_lines=3, help=_("One a line."))
    ],
    client_duties: Annotated[
        str, Prompt(label=_("Duties of the client"), text_lines=3, help=_("One a line."))
    ],
    our_rights: Annotated[
        str, Prompt(label=_("Rights of the institution"), text_lines=3, help=_("One a line."))
    ],
    our_duties: Annotated[
        str, Prompt(label=_("Duties of the institution"), text_lines=3, help=_("One a line."))
    ],
) -> Notice:
    """Tell the client content, time limit, rights and duties of all parties (6.1.3)."""
    if time_limit < clock.today():
        raise Invalid(_("The time limit lies in the past."), field="time_limit")
    notice = Notice.objects.create(
        engagement=engagement,
        kind=NoticeKind.ACCEPTANCE,
        number=next_number(kind="notice", on=clock.today()),
        content=content,
        time_limit=time_limit,
        client_rights=client_rights,
        client_duties=client_duties,
        our_rights=our_rights,
        our_duties=our_duties,
    )
    notice.blob = keep_pdf(engagement, intake.acceptance(notice), f"受理通知书-{notice.number}.pdf", actor)
    notice.save()
    begin_step(engagement)
    tell_client(
        engagement,
        subject=_("Commission accepted"),
        text=_(
            "We take on your commission. Sign in and read the notice under “Files” on the page of the engagement: content,"
            " time limit, rights and duties. Next comes the contract to sign; nothing is asked of you until then."
        ),
        key=f"notice-{notice.pk}",
    )
    return notice


@operation(
    clause="6.1.3",
    on=Engagement,
    when=Stage.REVIEWED,
    then=Stage.DECLINED,
    permission=is_in_charge,
    label=_("Decline commission"),
    guard=lambda engagement: decided(engagement, feasible=False),
    danger=_("The client gets a decline notice with your reasons; the commission ends here."),
)
def decline_commission(
    *,
    engagement: Engagement,
    actor: Actor,
    reasons: Annotated[
        str,
        Prompt(
            label=_("Reasons"),
            text_lines=4,
            help=_("One a line; the client reads them."),
            visible_to_client=True,
        ),
    ],
    advice: Annotated[str, Prompt(label=_("Advice"), text_lines=3, visible_to_client=True)] = "",
) -> Notice:
    notice = Notice.objects.create(
        engagement=engagement,
        kind=NoticeKind.DECLINE,
        number=next_number(kind="notice", on=clock.today()),
        reasons=reasons,
        advice=advice,
    )
    notice.blob = keep_pdf(engagement, intake.decline(notice), f"不予受理通知书-{notice.number}.pdf", actor)
    notice.save()
    begin_step(engagement, closed_reason=reasons)
    tell_client(
        engagement,
        subject=_("Commission declined"),
        text=_(
            "We can't take on your commission. Sign in; the reasons stand first on the page of the engagement, and the notice"
            " with our advice under “Files”. You can commission something else at any time."
        ),
        key=f"notice-{notice.pk}",
    )
    return notice
