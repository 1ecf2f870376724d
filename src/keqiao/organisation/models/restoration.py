from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.models.base import Record


class Restoration(Record):
    """That a backup was put back and verified: as a drill beside the site, or because the site was lost (4.1.6)."""

    class Kind(models.TextChoices):
        DRILL = "drill", _("Drill")
        RESTORE = "restore", _("After a loss")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    held_on = models.DateField(_("carried out on"), db_index=True)
    backup_at = models.DateTimeField(_("backup of"))
    entries = models.PositiveBigIntegerField(_("entries"))
    files = models.PositiveBigIntegerField(_("files"))
    findings = models.PositiveIntegerField(_("faults found"))
    seconds = models.PositiveIntegerField(_("seconds"))

    class Meta:
        verbose_name = _("restore from a backup")
        verbose_name_plural = _("restores from backups")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.held_on}"
