"""What the processes of a site remember together for a while: counts of tries, codes already used."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedNote(models.Model):
    """Written by `kernel/platform/shared.py` alone. The key is a hash: names hold addresses and codes."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()  # JSON
    until = models.FloatField(db_index=True)  # seconds since 1970; what is older counts as absent

    class Meta:
        verbose_name = _("shared note")
        verbose_name_plural = _("shared notes")

    def __str__(self) -> str:
        return self.key
