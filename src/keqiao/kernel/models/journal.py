"""The record, clause 4.4.2: one entry a business step, in the order of its case, never changed afterwards."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.models.append_only import AppendOnly
from keqiao.kernel.platform.actors import SYSTEM, VISITOR
from keqiao.kernel.platform.aliases import OPERATIONS, current_label
from keqiao.kernel.platform.channel import Channel
from keqiao.kernel.platform.levels import Level

if TYPE_CHECKING:
    from keqiao.kernel.record.sealed_payload import Opened

UNNAMED = {SYSTEM.name: _("the system"), VISITOR.name: _("a visitor")}


class CaseCounter(models.Model):
    """The last number given in a case. Its row is the lock that keeps the numbers of a case without gaps."""

    case = models.CharField(_("case"), max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(_("last number"))

    class Meta:
        verbose_name = _("case counter")
        verbose_name_plural = _("case counters")

    def __str__(self) -> str:
        return f"{self.case} #{self.last}"


class Entry(AppendOnly):
    """`header` is what the hash stands for; the other columns repeat it so that it can be searched."""

    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("actor number"), null=True)
    actor_label = models.CharField(_("actor"), max_length=80)
    operation = models.CharField(_("operation"), max_length=80)
    clause = models.CharField(_("clause"), max_length=20)
    subject_type = models.CharField(_("kind of subject"), max_length=80)
    subject_id = models.BigIntegerField(_("subject number"))
    case = models.CharField(_("case"), max_length=80)
    case_n = models.PositiveBigIntegerField(_("number in the case"))
    # 0 of entries older than this column, of which the values themselves tell.
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level, default=Level.PUBLIC)
    header = models.TextField(_("canonical header"))
    leaf = models.BinaryField(_("leaf hash"))
    # The place in the sealed log, given once by the sealer, so null means "not sealed yet".
    n = models.PositiveBigIntegerField(_("position in the log"), null=True)

    class Meta:
        verbose_name = _("record entry")
        verbose_name_plural = _("record entries")
        constraints = [
            models.UniqueConstraint(fields=["case", "case_n"], name="entry_number_in_case"),
            models.UniqueConstraint(fields=["n"], name="entry_position", condition=models.Q(n__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["id"], name="entry_unsealed", condition=models.Q(n__isnull=True)),
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["clause", "at"], name="entry_clause"),
            models.Index(fields=["actor_id", "at"], name="entry_actor"),
            # What is new in many cases is found in the index alone.
            models.Index(fields=["case", "id", "actor_id", "subject_type", "level"], name="entry_news"),
        ]

    def __str__(self) -> str:
        return f"{self.case} #{self.case_n} {self.operation}"

    @property
    def by(self) -> str:
        """Who did it, in the reader's language where nobody with an account did."""
        return self.actor_label if self.actor_id else str(UNNAMED.get(self.actor_label, self.actor_label))

    @property
    def by_way(self) -> str:
        """Who did it, with the way it came in by where that wasn't a page."""
        header = json.loads(self.header)
        words = {
            Channel.COMMAND: _("%(who)s (command line, as %(user)s of the system)"),
            Channel.API: _("%(who)s (API)"),
        }.get(header.get("channel"))
        return str(words) % {"who": self.by, "user": header.get("os_user", "-")} if words else self.by

    @property
    def caused_by(self) -> dict[str, Any] | None:
        """Case, number and name of the step that this one follows from, and the reaction that took it; None where a
        person took it."""
        cause: dict[str, Any] | None = json.loads(self.header).get("caused_by")
        return cause

    @property
    def step(self) -> str:
        """The operation as it is called now."""
        return OPERATIONS.current(self.operation)

    @property
    def subject_label(self) -> str:
        """The kind of subject as it is called now."""
        return current_label(self.subject_type)

    @property
    def files_named(self) -> list[str]:
        """The hashes of its files as the header has them, which is what the seal covers."""
        return list(json.loads(self.header)["files"])


class Payload(models.Model):
    """What was said in the step. It can be erased (PIPL); the entry still proves that something was said."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, related_name="said", verbose_name=_("entry")
    )
    sealed = models.BinaryField(_("sealed content"), null=True)

    class Meta:
        verbose_name = _("payload")
        verbose_name_plural = _("payloads")

    def __str__(self) -> str:
        return str(_("erased") if self.sealed is None else _("sealed content"))

    @cached_property
    def opened(self) -> "Opened | None":
        """Salt and canonical text, or None when they have been erased. Raises CorruptData for what was changed."""
        from keqiao.kernel.record.sealed_payload import open_sealed  # which stands on the models of the keys

        if self.sealed is None:
            return None
        return open_sealed(entry_id=self.pk, sealed=bytes(self.sealed))

    @property
    def salt(self) -> bytes | None:
        return None if self.opened is None else self.opened.salt

    @property
    def body(self) -> str | None:
        """The very characters the commitment is over."""
        return None if self.opened is None else self.opened.body

    @property
    def value(self) -> dict[str, Any] | None:
        """What was recorded, or None when it has been erased."""
        return None if self.opened is None else json.loads(self.opened.body)


class EntryFile(AppendOnly):
    """A file that the step touched, known by its content alone: renaming it changes nothing."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="files", verbose_name=_("entry"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        constraints = [models.UniqueConstraint(fields=["entry", "sha256"], name="entry_file_once")]

    def __str__(self) -> str:
        return self.sha256


class EntryRow(AppendOnly):
    """What a row of business said when this step was done with it; the header seals the list of them."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="rows", verbose_name=_("entry"))
    kind = models.CharField(_("kind of row"), max_length=80)
    number = models.BigIntegerField(_("number of the row"))
    digest = models.CharField(_("digest of the row"), max_length=64)

    class Meta:
        verbose_name = _("row of an entry")
        verbose_name_plural = _("rows of entries")
        indexes = [models.Index(fields=["kind", "number"], name="entry_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class EntryService(AppendOnly):
    """Which service item of clause 5 the step served, by its code; several where it served several."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="services", verbose_name=_("entry"))
    code = models.CharField(_("service item"), max_length=12, db_index=True)

    class Meta:
        verbose_name = _("service of an entry")
        verbose_name_plural = _("services of entries")
        constraints = [models.UniqueConstraint(fields=["entry", "code"], name="entry_service_once")]

    def __str__(self) -> str:
        return self.code
