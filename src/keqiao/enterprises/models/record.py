"""What outlives an engagement: a patent, a project, an application. It belongs to the enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.enterprises.models.enterprise import Enterprise
from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.levels import Level


class EnterpriseRecord(Record):
    """A row of one enterprise with a page and a case of its own, which stands in the enterprise's timeline. A
    deliverable of an engagement may point at it; the archive pack then carries its case.

    Subclassing is all the declaration there is; the module registers who sees it (`enterprises.queries.parts_open_to`).
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("enterprise"))
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level, default=Level.INTERNAL)

    class Meta:
        abstract = True

    @property
    def journal_case(self) -> str:
        return f"{self._meta.model_name}:{self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Raises Invalid for a level set below the enterprise's: no part is more open than the whole (4.1.5). Where the
        enterprise is raised later, its records keep theirs: both are asked of the reader."""
        if self.level < self.enterprise.level and not self._had_it():
            raise Invalid(
                _("The classification can't be below that of the enterprise."),
                field="level",
                remedy=_("Choose the enterprise's classification or a higher one."),
            )
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def _had_it(self) -> bool:
        return type(self)._default_manager.filter(pk=self.pk, level=self.level).exists()  # noqa: SLF001
