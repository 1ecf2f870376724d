"""Which state of an import may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.states import Tone, table


class ImportState(TextChoices):
    CHECKED = "checked", _("Checked, nothing written")
    QUEUED = "queued", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


IMPORT = table(
    ImportState,
    {
        ImportState.CHECKED: (ImportState.QUEUED,),
        ImportState.QUEUED: (ImportState.APPLIED, ImportState.CHECKED),
        ImportState.APPLIED: (ImportState.UNDONE,),
        ImportState.UNDONE: (),
    },
    tones={
        ImportState.CHECKED: Tone.TODO,
        ImportState.QUEUED: Tone.CURRENT,
        ImportState.APPLIED: Tone.DONE,
        ImportState.UNDONE: Tone.PLAIN,
    },
)
