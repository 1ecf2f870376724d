"""6.3.4 a to e: guidance, working data, progress reports, staged results, partner bodies."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import both, keep_pdf, keep_upload, while_engagement
from keqiao.engagement.case.permissions import is_at_work
from keqiao.engagement.case.states import RUNNING, Stage
from keqiao.engagement.delivery.models.implementation import (
    Channel,
    Guidance,
    Partner,
    ProgressReport,
    WorkingData,
)
from keqiao.engagement.delivery.operations.link_letters import tell_of_progress
from keqiao.engagement.delivery.papers.progress import progress
from keqiao.engagement.preparation.models.plan import Milestone
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload

FROM_CONTRACT = (*RUNNING, Stage.DELIVERED)


@operation(
    clause="6.3.4.a", on=Engagement, when=FROM_CONTRACT, permission=is_at_work, label=_("Log guidance")
)
def log_guidance(
    *,
    engagement: Engagement,
    actor: Actor,
    given_on: Annotated[date, Prompt(label=_("Given on"), default_factory=clock.today)],
    channel: Annotated[Channel, Prompt(label=_("Channel"))],
    question: Annotated[str, Prompt(label=_("Question"), text_lines=3)],
    advice: Annotated[str, Prompt(label=_("Advice given"), text_lines=5)],
) -> Guidance:
    """Guidance is given at any time; the log says when, how, on what question and what was advised."""
    if given_on > clock.today():
        raise Invalid(_("Guidance that is still to come can't be logged."), field="given_on")
    return Guidance.objects.create(
        engagement=engagement,
        given_on=given_on,
        channel=channel,
        question=question,
        advice=advice,
        given_by_id=actor.pk,
    )


@operation(clause="6.3.4.b", on=Engagement, when=RUNNING, permission=is_at_work, label=_("Add working data"))
def add_working_data(
    *,
    engagement: Engagement,
    actor: Actor,
    name: Annotated[str, Prompt(label=_("Data"), max_length=160)],
    analysis: Annotated[str, Prompt(label=_("Sorting and analysis"), text_lines=5)],
    file: Annotated[Upload | None, Prompt(label=_("File"))] = None,
) -> WorkingData:
    blob = keep_upload(engagement, file, actor) if file else None
    return WorkingData.objects.create(engagement=engagement, name=name, analysis=analysis, blob=blob)


@operation(
    clause="6.3.4.c",
    on=Engagement,
    when=(*RUNNING, Stage.SUSPENDED),
    permission=is_at_work,
    label=_("Send progress report"),
)
def send_progress_report(
    *,
    engagement: Engagement,
    actor: Actor,
    done: Annotated[str, Prompt(label=_("Done"), text_lines=5)],
    next_steps: Annotated[str, Prompt(label=_("Next steps"), text_lines=4)],
    problems: Annotated[str, Prompt(label=_("Problems"), text_lines=3)] = "",
) -> ProgressReport:
    """Report to the client: a paper on the engagement, and a letter that it is there."""
    report = ProgressReport.objects.create(
        engagement=engagement, done=done, next_steps=next_steps, problems=problems, sent_by_id=actor.pk
    )
    paper = progress(report)
    report.pdf = keep_pdf(engagement, paper, f"服务进展报告-{paper.head.number}.pdf", actor)
    report.save()
    tell_of_progress(report)
    return report


def milestone_is_due(milestone: Milestone) -> list[Missing]:
    """Staged results belong to the version the client confirmed, and are delivered once."""
    if milestone.delivered_on:
        return [Missing(_("This staged result is delivered already."), "6.3.4.d")]
    if milestone.plan.state != PlanState.CONFIRMED:
        said = _("This milestone belongs to a version of the plan that is not the confirmed one.")
        return [Missing(said, "6.3.4.d", _("Open the milestone of the confirmed version."))]
    return []


@operation(
    clause="6.3.4.d",
    on=Milestone,
    permission=is_at_work,
    label=_("Deliver staged result"),
    guard=both(while_engagement(Stage.IMPLEMENTING, clause="6.3.4.d"), milestone_is_due),
    primary=True,
)
def deliver_milestone(
    *,
    milestone: Milestone,
    actor: Actor,
    note: Annotated[str, Prompt(label=_("What is delivered, and how it was checked"), text_lines=4)],
    file: Annotated[Upload | None, Prompt(label=_("Staged result"))] = None,
) -> Milestone:
    """The day it was due stays beside the day it came: the days late follow from the two."""
    if file:
        milestone.blob = keep_upload(milestone.engagement, file, actor)
    elif milestone.result:
        raise Invalid(
            _("The plan promises “%(result)s” here; add the file.") % {"result": milestone.result},
            field="file",
        )
    milestone.delivered_on, milestone.note = clock.today(), note
    milestone.save()
    return milestone


@operation(
    clause="6.3.4.e", on=Engagement, when=RUNNING, permission=is_at_work, label=_("Bring in a partner body")
)
def engage_partner(
    *,
    engagement: Engagement,
    actor: Actor,
    name: Annotated[str, Prompt(label=_("Partner body"), max_length=160)],
    service: Annotated[str, Prompt(label=_("What it does"), max_length=300)],
    undertaking: Annotated[bool, Prompt(label=_("Confidentiality agreed in writing"))],
    contact: Annotated[str, Prompt(label=_("Contact"), max_length=120)] = "",
) -> Partner:
    """Another body may see what is confidential only when it is bound to keep it (4.1.5)."""
    del actor
    if engagement.level >= Level.TRADE_SECRET and not undertaking:
        raise Invalid(
            _("This engagement is confidential: agree confidentiality with the partner body first (4.1.5)."),
            field="undertaking",
        )
    return Partner.objects.create(
        engagement=engagement, name=name, service=service, contact=contact, undertaking=undertaking
    )
