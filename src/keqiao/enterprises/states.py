"""Which state of an import may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.states import table


class ImportState(TextChoices):
    CHECKED = "checked", _("Checked, nothing written")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


IMPORT = table(
    ImportState,
    {
        ImportState.CHECKED: (ImportState.APPLIED,),
        ImportState.APPLIED: (ImportState.UNDONE,),
        ImportState.UNDONE: (),
    },
)
