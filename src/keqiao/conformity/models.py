"""By when the next of each rhythm is due, as a row that deadlines can stand on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.conformity.registry import Rhythm, find, measures
from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.errors import Text


def rhythms() -> list[tuple[str, Text]]:
    """Those the modules declare, with what each wants done."""
    return [(one.name, one.label) for one in measures() if isinstance(one, Rhythm)]


class DueRhythm(Record):
    """One for each rhythm that a module declares; what is counted lies with the module, and steps keep the days up."""

    name = models.CharField(_("what is to be done"), max_length=80, unique=True, choices=rhythms)
    last_on = models.DateField(_("last done on"), null=True, editable=False)
    due_on = models.DateField(_("next due by"), null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("recurring duty")
        verbose_name_plural = _("recurring duties")

    def __str__(self) -> str:
        return str(self.get_name_display())

    @property
    def measure(self) -> Rhythm | None:
        """None once no module declares it."""
        found = find(self.name)
        return found if isinstance(found, Rhythm) else None
