from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.imports.lists import Listed, list_choices, list_of
from keqiao.imports.states import IMPORT, ImportState
from keqiao.kernel.models import Blob
from keqiao.kernel.models.base import Record


class Import(Record):
    """A list from Excel or CSV: checked first, applied as a whole or without its bad rows, undone as a whole."""

    held = False  # the job that applies it says outside of steps how far it is
    states = IMPORT

    list_slug = models.CharField(_("list"), max_length=60, choices=list_choices)
    name = models.CharField(_("file"), max_length=160)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name=_("content"))
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.CHECKED)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(pgettext_lazy("import", "new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    wrong = models.PositiveIntegerField(_("rows with errors"), default=0)
    unknown_columns = models.CharField(_("columns passed over"), max_length=400, blank=True)
    # The first ones, each as [row, column, cell, what is wrong], and how many there are; notes hinder nothing.
    errors = models.JSONField(_("errors"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    # What would be changed, each as [row, number of what is there, column, before, after]: shown to whoever may see it.
    updates = models.JSONField(_("changes"), default=list)
    errors_found = models.PositiveIntegerField(default=0)
    updates_found = models.PositiveIntegerField(default=0)
    notes_found = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    # Of the job that applies it: for whom, how far, who holds it and since when nothing was heard of them.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("applied for")
    )
    sound_only = models.BooleanField(_("without the rows with errors"), default=False)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    problem = models.TextField(_("why it was not applied"), blank=True)
    holder = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def listed(self) -> Listed:
        """Raises a Refusal where no module declares such a list any more."""
        return list_of(self.list_slug)


class StagedRow(models.Model):
    """A row made ready by the job and not yet written: a row to be, or the changes to one (`version` says of which state
    of it). Nobody sees it; it is gone when the import was applied or stopped."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="staged", verbose_name=_("import"))
    key = models.JSONField(_("key"))
    object_id = models.BigIntegerField(_("row"), null=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    values = models.JSONField(_("values"))
    words = models.TextField()  # under which it will be found: made ahead, since that is most of the work
    # Of a row that is copied: its number, and its columns in the order of the fields (operations/laying.py).
    new_id = models.BigIntegerField(null=True)
    laid = models.JSONField(null=True)

    class Meta:
        verbose_name = _("row made ready")
        verbose_name_plural = _("rows made ready")

    def __str__(self) -> str:
        return "、".join(map(str, self.key))


class ImportedRow(models.Model):
    """What an import did to one row, so that it can be undone: `before` is null where it was new. Of an import not applied
    yet: what it will have done."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="changes", verbose_name=_("import"))
    object_id = models.BigIntegerField(_("row"))
    before = models.JSONField(null=True)
    words = models.TextField(
        default=""
    )  # under which it was found before; cutting them anew would hold the database
    version_after = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return str(self.object_id)
