"""Files of an enterprise."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from keqiao.enterprises.models import Enterprise, EnterpriseFile
from keqiao.enterprises.permissions import is_responsible
from keqiao.kernel.files import vault
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload


@operation(clause="6.5", on=Enterprise, permission=is_responsible, label=_("Add file"))
def add_enterprise_file(
    *,
    enterprise: Enterprise,
    actor: Actor,
    file: Annotated[Upload, Prompt(label=_("File"))],
    note: Annotated[str, Prompt(label=_("Note"))] = "",
    level: Annotated[Level, Prompt(label=_("Classification"))] = Level.INTERNAL,
) -> EnterpriseFile:
    """Keep a file under the enterprise's own key."""
    blob = vault.store(
        file=file, name=file.name or "", enterprise_id=enterprise.pk, level=level, actor_id=actor.pk
    )
    return EnterpriseFile.objects.create(
        enterprise=enterprise, level=level, name=blob.name, blob=blob, note=note
    )
