"""6.1.1 and 6.1.2: material given by the client and reviewed, piece by piece."""

from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.letters import tell_client
from keqiao.engagement.case.operations.steps import begin_step, by_age, keep_upload
from keqiao.engagement.case.permissions import is_in_charge, is_its_client
from keqiao.engagement.case.states import GIVING, Stage
from keqiao.engagement.intake.models import Material
from keqiao.engagement.intake.states import MaterialState
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing, Text
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload
from keqiao.kernel.steps.transitions import transition

WRONG = (MaterialState.TO_CORRECT, MaterialState.REJECTED)


class Verdict(models.TextChoices):
    ACCEPTED = MaterialState.ACCEPTED.value, pgettext_lazy("material", "Accept")
    TO_CORRECT = MaterialState.TO_CORRECT.value, _("To correct")
    REJECTED = MaterialState.REJECTED.value, _("Reject")


def engagement_takes_material(material: Material) -> list[Missing]:
    if material.engagement.state in GIVING:
        return []
    return [Missing(_("The review of this commission is over."), "6.1.2")]


@operation(
    clause="6.1.1",
    on=Material,
    when=(MaterialState.REQUESTED, MaterialState.PROVIDED, MaterialState.TO_CORRECT, MaterialState.REJECTED),
    then=MaterialState.PROVIDED,
    permission=is_its_client | is_in_charge,
    label=_("Provide"),
    guard=engagement_takes_material,
    primary=True,
)
def provide_material(
    *, material: Material, actor: Actor, file: Annotated[Upload, Prompt(label=_("File"))]
) -> Material:
    """Give the file of one piece of material; giving it again replaces it, the earlier file stays in the record."""
    material.blob = keep_upload(material.engagement, file, actor)
    material.provided_by_id, material.provided_at = actor.pk, clock.now()
    material.save()
    return material


def of_another_piece(material: Material) -> Text:
    names = material.same_content
    return (
        _("This file has the content of “%(names)s” of this engagement; perhaps the wrong file was chosen.")
        % {"names": names}
        if names
        else ""
    )


@operation(
    clause="6.1.2",
    on=Material,
    when=MaterialState.PROVIDED,
    then=tuple(Verdict),
    permission=is_in_charge,
    label=_("Review"),
    guard=engagement_takes_material,
    hint=of_another_piece,
    primary=True,
)
def review_material(
    *,
    material: Material,
    actor: Actor,
    verdict: Annotated[Verdict, Prompt(label=_("Result"))],
    reason: Annotated[
        str,
        Prompt(
            label=_("Reason"),
            text_lines=2,
            max_length=400,
            help=_("Needed unless accepted; the client reads it."),
        ),
    ] = "",
) -> Material:
    if verdict != Verdict.ACCEPTED and not reason.strip():
        raise Invalid(_("Say what is wrong, so that the client can put it right."), field="reason")
    transition(material, verdict)
    material.reason, material.reviewed_by_id, material.reviewed_at = reason, actor.pk, clock.now()
    material.save()
    return material


@operation(
    clause="6.1.2",
    on=Material,
    when=(MaterialState.REQUESTED, MaterialState.TO_CORRECT, MaterialState.REJECTED),
    then=MaterialState.WAIVED,
    permission=is_in_charge,
    label=_("Not needed"),
    guard=engagement_takes_material,
)
def waive_material(
    *,
    material: Material,
    actor: Actor,
    reason: Annotated[str, Prompt(label=_("Why it is not needed"), max_length=400)],
) -> Material:
    material.reason, material.reviewed_by_id, material.reviewed_at = reason, actor.pk, clock.now()
    material.save()
    return material


def something_to_correct(engagement: Engagement) -> list[Missing]:
    if any(
        material.state in WRONG or (material.state == MaterialState.REQUESTED and material.required)
        for material in engagement.materials.all()
    ):
        return []
    return [
        Missing(_("No material is marked to correct."), "6.1.2", _("Mark what has to be corrected first."))
    ]


@operation(
    clause="6.1.2",
    on=Engagement,
    when=Stage.SUBMITTED,
    then=Stage.CORRECTING,
    permission=is_in_charge,
    label=_("Ask for correction"),
    guard=something_to_correct,
)
def request_correction(
    *,
    engagement: Engagement,
    actor: Actor,
    note: Annotated[str, Prompt(label=_("To the client"), text_lines=3, visible_to_client=True)],
) -> None:
    """Send the commission back to the client with what has to be put right."""
    del actor, note  # the record holds it; the client reads it there, and on the page the letter leads to
    begin_step(engagement)
    tell_client(
        engagement,
        subject=_("Material to correct"),
        text=_(
            "Some of the material has to be put right. Sign in; what we ask of you stands first on the page of the"
            " engagement. Give the marked pieces again under “Material”, then press"
            " “Submit the corrected material”."
        ),
        key=f"correction-{engagement.pk}-{engagement.version}",
    )


def corrections_given(engagement: Engagement) -> list[Missing]:
    wrong = [material for material in by_age(engagement.materials.all()) if material.state in WRONG]
    return [
        Missing(
            _("“%(name)s” is not corrected yet.") % {"name": material.name},
            "6.1.2",
            _("The client provides it, or it is waived."),
        )
        for material in wrong
    ]


@operation(
    clause="6.1.2",
    on=Engagement,
    when=Stage.CORRECTING,
    then=Stage.SUBMITTED,
    permission=is_its_client | is_in_charge,
    label=_("Submit again"),
    guard=corrections_given,
    primary=True,
)
def resubmit_commission(*, engagement: Engagement, actor: Actor) -> None:
    del actor
    begin_step(engagement)


def material_is_accepted(engagement: Engagement) -> list[Missing]:
    """Every required piece was reviewed and accepted, and nothing that was given waits for its review (6.1.2)."""
    missing = []
    for material in by_age(engagement.materials.all()):
        label = {"name": material.name, "state": material.get_state_display()}
        if material.state == MaterialState.PROVIDED:
            missing.append(Missing(_("“%(name)s” is not reviewed.") % label, "6.1.2", _("Review it.")))
        elif material.required and material.state not in {MaterialState.ACCEPTED, MaterialState.WAIVED}:
            missing.append(
                Missing(
                    _("“%(name)s”: %(state)s.") % label,
                    "6.1.2",
                    _("The client provides it, or it is waived."),
                )
            )
    return missing


@operation(
    clause="6.1.2",
    on=Engagement,
    when=Stage.SUBMITTED,
    then=Stage.REVIEWED,
    permission=is_in_charge,
    label=_("Finish review"),
    guard=material_is_accepted,
    primary=True,
)
def finish_review(
    *,
    engagement: Engagement,
    actor: Actor,
    site_visit_needed: Annotated[bool, Prompt(label=_("A site visit is needed"))],
    no_visit_reason: Annotated[
        str,
        Prompt(
            label=_("Why none is needed"),
            text_lines=2,
            help=_("Where no site visit is needed; the record keeps it."),
        ),
    ] = "",
) -> None:
    """Close the review. Where a site visit is needed, it must be recorded before; where none is, the record says why."""
    del actor
    if not site_visit_needed and not no_visit_reason.strip():
        raise Invalid(_("Say why no site visit is needed."), field="no_visit_reason", clause="6.1.2")
    if site_visit_needed and not engagement.sitevisits.exists():
        raise Invalid(
            _("The site visit is not recorded yet."),
            field="site_visit_needed",
            clause="6.1.2",
            remedy=_("Record it first."),
        )
    begin_step(engagement)
