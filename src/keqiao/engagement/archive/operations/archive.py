"""6.5: the archive. It can't close while one of time, content, process, effect and evaluation is missing."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.engagement.archive.archive_words import suggested
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.operations.steps import begin_step
from keqiao.engagement.case.permissions import is_in_charge
from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.models import Contract
from keqiao.engagement.contracting.operations.contract_custody import custody_is_returned
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.models.delivery import Archive, ArchiveSummary
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.steps.numbering import next_number
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.kernel.steps.served import FIVE
from keqiao.kernel.steps.transitions import transition

CLOSING = (Stage.DELIVERED, Stage.ENDED_EARLY)


def _text(name: str) -> Any:
    return lambda engagement: suggested(engagement)[name]


@operation(
    clause="6.5",
    on=Engagement,
    when=CLOSING,
    permission=is_in_charge,
    label=_("Write archive summary"),
    primary=True,
)
def write_archive_summary(
    *,
    engagement: Engagement,
    actor: Actor,
    time: Annotated[str, Prompt(label=FIVE["time"], text_lines=3, initial=_text("time"))],
    content: Annotated[str, Prompt(label=FIVE["content"], text_lines=4, initial=_text("content"))],
    process: Annotated[str, Prompt(label=FIVE["process"], text_lines=6, initial=_text("process"))],
    effect: Annotated[str, Prompt(label=FIVE["effect"], text_lines=4, initial=_text("effect"))],
    evaluation: Annotated[str, Prompt(label=FIVE["evaluation"], text_lines=4, initial=_text("evaluation"))],
) -> ArchiveSummary:
    """The five things the standard wants in the file; the last writing counts, every writing is recorded."""
    del actor
    summary, _new = ArchiveSummary.objects.update_or_create(
        engagement=engagement,
        defaults={"time": time, "content": content, "process": process, "effect": effect, "evaluation": evaluation},
        create_defaults={
            "time": time, "content": content, "process": process, "effect": effect, "evaluation": evaluation,
            "enterprise": engagement.enterprise, "level": engagement.level,
        },
    )  # fmt: skip
    return summary


def five_are_there(engagement: Engagement) -> list[Missing]:
    """Time, content, process, effect, evaluation (6.5). What else the archive waits for is declared in upward.py."""
    summary = next(iter(engagement.archive_summaries.all()), None)
    missing = [
        Missing(_("“%(name)s” is missing.") % {"name": label}, "6.5", _("Write the archive summary."))
        for name, label in FIVE.items()
        if not getattr(summary, name, "").strip()
    ]
    return [*missing, *custody_is_returned(engagement)]


@operation(
    clause="6.5",
    on=Engagement,
    when=CLOSING,
    then=Stage.ARCHIVED,
    side_transitions={Contract: ContractState.ENDED},
    permission=is_in_charge,
    label=pgettext_lazy("step", "Archive"),  # the paper of this name is another word in Chinese
    guard=five_are_there,
    danger=_("The engagement is closed for good and its archive packs are made."),
    primary=True,
)
def archive_engagement(*, engagement: Engagement, actor: Actor) -> Archive:
    """Close the engagement. The pack is made right after, when this very step is sealed too."""
    del actor
    for contract in engagement.contracts.filter(state=ContractState.SIGNED):
        transition(contract, ContractState.ENDED)
    begin_step(engagement)
    return Archive.objects.create(engagement=engagement, number=next_number(kind="archive", on=clock.today()))


def not_kept_yet(archive: Archive) -> list[Missing]:
    return [Missing(_("The packs are made already."), "6.5")] if archive.client_blob_id else []


@operation(
    clause="6.5",
    on=Archive,
    permission=by_system,
    label=_("Archive packs made"),
    guard=not_kept_yet,
    exposed=False,
)
def keep_archive_pack(
    *,
    archive: Archive,
    actor: Actor,
    blob: Annotated[Blob, Prompt(label=_("Archive pack"))],
    client_blob: Annotated[Blob, Prompt(label=_("Client's archive pack"))],
    seal: Annotated[int, Prompt(label=_("Number of the seal"))],
) -> Archive:
    """Tie the packs to the archive: their hashes are recorded, so that the record itself vouches for them."""
    del actor
    archive.blob, archive.sha256 = blob, blob.sha256
    archive.client_blob, archive.client_sha256 = client_blob, client_blob.sha256
    archive.seal = archive.seal or seal
    archive.save()
    return archive
