"""What the institution's information system leaves in the record of itself."""

from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import by_system
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt
from keqiao.organisation.models import Restoration


@operation(
    clause="4.1.6",
    on=Restoration,
    permission=by_system,
    label=_("Record that a backup was put back"),
    exposed=False,
)
def record_restoration(
    *,
    actor: Actor,
    kind: Annotated[Restoration.Kind, Prompt(label=_("Kind"))],
    held_on: Annotated[date, Prompt(label=_("Carried out on"))],
    backup_at: Annotated[datetime, Prompt(label=_("Backup of"))],
    entries: Annotated[int, Prompt(label=_("Entries"), minimum=0)],
    files: Annotated[int, Prompt(label=_("Files"), minimum=0)],
    findings: Annotated[int, Prompt(label=_("Faults found"), minimum=0)],
    seconds: Annotated[int, Prompt(label=_("Seconds"), minimum=0)],
) -> Restoration:
    """A drill (`keqiao drill`) or a restore after a loss (`keqiao restore`), with what the verification found."""
    del actor
    return Restoration.objects.create(
        kind=kind,
        held_on=held_on,
        backup_at=backup_at,
        entries=entries,
        files=files,
        findings=findings,
        seconds=seconds,
    )
