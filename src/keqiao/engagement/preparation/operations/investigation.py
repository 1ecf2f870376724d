"""6.3.2: interviews, analysis of material, findings."""

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import begin_step, keep_upload
from keqiao.engagement.case.permissions import is_at_work, is_in_charge
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.models import Material
from keqiao.engagement.preparation.models.investigation import Finding, Interview, MaterialAnalysis
from keqiao.engagement.preparation.states import QuestionnaireState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload

INVESTIGATED = (Stage.INVESTIGATING, Stage.PLANNING, Stage.IMPLEMENTING)


@operation(
    clause="6.3.2", on=Engagement, when=INVESTIGATED, permission=is_at_work, label=_("Record interview")
)
def record_interview(
    *,
    engagement: Engagement,
    actor: Actor,
    held_on: Annotated[date, Prompt(label=_("Held on"))],
    people: Annotated[str, Prompt(label=_("Who was asked"), max_length=300)],
    questions: Annotated[str, Prompt(label=_("What was asked"), text_lines=3)],
    answers: Annotated[str, Prompt(label=_("What was answered"), text_lines=5)],
    file: Annotated[Upload | None, Prompt(label=_("Minutes"))] = None,
) -> Interview:
    if held_on > clock.today():
        raise Invalid(_("An interview that is still to come can't be recorded."), field="held_on")
    blob = keep_upload(engagement, file, actor) if file else None
    return Interview.objects.create(
        engagement=engagement, held_on=held_on, people=people, questions=questions, answers=answers, blob=blob
    )


def material_of(rows: Any, engagement: Engagement) -> Any:
    return rows.filter(engagement=engagement)


@operation(
    clause="6.3.2", on=Engagement, when=INVESTIGATED, permission=is_at_work, label=_("Analyse material")
)
def analyse_material(
    *,
    engagement: Engagement,
    actor: Actor,
    what: Annotated[str, Prompt(label=_("What was analysed"))],
    result: Annotated[str, Prompt(label=_("Result"), text_lines=5)],
    material: Annotated[Material | None, Prompt(label=_("Material"), narrow=material_of)] = None,
) -> MaterialAnalysis:
    del actor
    if material is not None and material.engagement_id != engagement.pk:
        raise Invalid(_("This material belongs to another engagement."), field="material")
    return MaterialAnalysis.objects.create(engagement=engagement, material=material, what=what, result=result)


@operation(clause="6.3.2", on=Engagement, when=INVESTIGATED, permission=is_at_work, label=_("Record finding"))
def record_finding(
    *,
    engagement: Engagement,
    actor: Actor,
    text: Annotated[str, Prompt(label=_("Finding"), text_lines=4)],
    consequence: Annotated[str, Prompt(label=_("What follows for the plan"), text_lines=3)] = "",
) -> Finding:
    del actor
    return Finding.objects.create(engagement=engagement, text=text, consequence=consequence)


def investigation_is_done(engagement: Engagement) -> list[Missing]:
    """Material analysed, people asked by interview or questionnaire, and something found (6.3.2)."""
    found = []
    if not engagement.material_analyses.exists():
        found.append(Missing(_("No material was analysed."), "6.3.2", _("Record an analysis.")))
    asked = engagement.interviews.exists() or any(
        one.state == QuestionnaireState.CLOSED for one in engagement.questionnaires.all()
    )
    if not asked:
        found.append(
            Missing(
                _("Nobody was asked: no interview, no closed questionnaire."),
                "6.3.2",
                _("Record an interview or close a questionnaire."),
            )
        )
    if not engagement.findings.exists():
        found.append(Missing(_("No finding is recorded."), "6.3.2", _("Record what was found.")))
    return found


@operation(
    clause="6.3.2",
    on=Engagement,
    when=Stage.INVESTIGATING,
    then=Stage.PLANNING,
    permission=is_in_charge,
    label=_("Finish investigation"),
    guard=investigation_is_done,
    primary=True,
)
def finish_investigation(*, engagement: Engagement, actor: Actor) -> None:
    del actor
    begin_step(engagement)
