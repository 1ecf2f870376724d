"""6.1.1: the commission and the material it needs."""

from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import MaterialNature, ServiceItem
from keqiao.catalogue.queries import is_offered, offered_on
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import begin_step
from keqiao.engagement.case.permissions import is_in_charge, is_its_client, may_commission
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.models import Material
from keqiao.enterprises.levels import level_held
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Missing
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt


def offered_today(items: "QuerySet[ServiceItem]", _subject: None) -> "QuerySet[ServiceItem]":
    return items.filter(offered_on(clock.today()))


@operation(clause="6.1.1", on=Engagement, permission=may_commission, label=_("New commission"), primary=True)
def create_commission(
    *,
    actor: Actor,
    enterprise: Annotated[Enterprise, Prompt(label=_("Enterprise"))],
    item: Annotated[ServiceItem, Prompt(label=_("Service item"), narrow=offered_today)],
    title: Annotated[str, Prompt(label=_("Commission in one line"), max_length=160)],
    need: Annotated[str, Prompt(label=_("What is wanted"), text_lines=5)],
    contact_name: Annotated[str, Prompt(label=_("Contact"), max_length=80)],
    contact_phone: Annotated[str, Prompt(label=_("Telephone"), max_length=40)] = "",
    wanted_by: Annotated[date | None, Prompt(label=_("Wanted by"))] = None,
) -> Engagement:
    """Open a commission in draft, with the material checklist of its service item."""
    if actor.kind == "client" and enterprise.pk != actor.enterprise_id:
        raise Invalid(_("You commission for your own enterprise."), field="enterprise")
    if not is_offered(item, clock.today()):
        raise Invalid(
            _("This service isn't offered today."), field="item", remedy=_("Choose one that is on offer.")
        )
    engagement = Engagement.objects.create(
        number=next_number(kind="commission", on=clock.today()),
        enterprise=enterprise,
        item=item,
        title=title,
        need=need,
        contact_name=contact_name,
        contact_phone=contact_phone,
        wanted_by=wanted_by,
        level=level_held(enterprise),
        consultant_id=actor.pk if actor.kind == "staff" else enterprise.owner_id,
        commissioned_by_id=actor.pk,
        stage_since=clock.today(),
    )
    begin_step(engagement)
    ask_for_checklist(engagement)
    return engagement


def ask_for_checklist(engagement: Engagement) -> None:
    for line in engagement.item.checklist:
        Material.objects.create(
            engagement=engagement,
            name=line.name,
            proves=line.proves,
            nature=line.nature,
            required=line.required,
        )


def commission_is_complete(engagement: Engagement) -> list[Missing]:
    """A commission can be sent once the client has said that what it gives is true (6.1.1)."""
    if engagement.truthful_at is None:
        return [
            Missing(
                _("The client has not declared the material lawful, true and valid."),
                "6.1.1",
                _("The client declares it on the commission's page."),
            )
        ]
    return []


@operation(
    clause="6.1.1",
    on=Engagement,
    when=(Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING),
    permission=is_its_client,
    label=_("Declare truthful"),
    danger=_(
        "You state that the material is lawful, true and valid; this is recorded with your name and the time."
    ),
)
def declare_truthful(*, engagement: Engagement, actor: Actor) -> None:
    """The client's truthfulness statement."""
    engagement.truthful_by_id, engagement.truthful_at = actor.pk, clock.now()
    engagement.save(update_fields=["truthful_by", "truthful_at", "updated_at"])


@operation(
    clause="6.1.1",
    on=Engagement,
    when=Stage.DRAFT,
    then=Stage.SUBMITTED,
    permission=is_in_charge | is_its_client,
    label=_("Submit commission"),
    guard=commission_is_complete,
    primary=True,
)
def submit_commission(*, engagement: Engagement, actor: Actor) -> None:
    del actor
    begin_step(engagement)


@operation(
    clause="6.1.1",
    on=Engagement,
    when=(Stage.DRAFT, Stage.SUBMITTED, Stage.CORRECTING),
    permission=is_in_charge,
    label=_("Request more material"),
)
def request_material(
    *,
    engagement: Engagement,
    actor: Actor,
    name: Annotated[str, Prompt(label=_("Material"), max_length=120)],
    proves: Annotated[str, Prompt(label=_("What it proves"))] = "",
    nature: Annotated[MaterialNature, Prompt(label=_("Nature"))] = MaterialNature.OTHER,
    required: Annotated[bool, Prompt(label=_("Required"))] = True,
) -> Material:
    """Ask for something beyond the checklist."""
    del actor
    return Material.objects.create(
        engagement=engagement, name=name, proves=proves, nature=nature, required=required
    )
