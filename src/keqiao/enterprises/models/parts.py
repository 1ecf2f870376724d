"""What hangs on an enterprise."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.enterprises.models.enterprise import Enterprise
from keqiao.kernel.models.base import Record, by_step
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.levels import Level


class EnterprisePart(Record):
    """A row of one enterprise, at most as open as its level says (4.1.5)."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="%(class)ss", verbose_name=_("enterprise")
    )
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level, default=Level.INTERNAL)

    class Meta:
        abstract = True

    @property
    def journal_case(self) -> str:
        return f"enterprise:{self.enterprise_id}"


class Contact(EnterprisePart):
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80)
    title = models.CharField(_("position"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_primary = models.BooleanField(_("main contact"), default=False)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class FigureKind(models.TextChoices):
    """Yearly figures by the names the programme rules use for them."""

    STAFF_TOTAL = "staff_total", pgettext_lazy("figure", "Staff")
    STAFF_RD = "staff_rd", _("Sci-tech staff")
    SALES = "sales", _("Sales income")
    REVENUE = "revenue", _("Operating revenue")
    INCOME_TOTAL = "income_total", _("Total income")
    INCOME_MAIN = "income_main", _("Main business income")
    INCOME_HIGHTECH = "income_hightech", _("High-tech product income")
    RD_EXPENSE = "rd_expense", _("R&D expense")
    ASSETS = "assets", _("Total assets")
    LIABILITIES = "liabilities", _("Total liabilities")
    NET_ASSETS = "net_assets", _("Net assets")
    NET_PROFIT = "net_profit", _("Net profit")
    COST_EXPENSE = "cost_expense", _("Costs and expenses")

    @property
    def of_people(self) -> bool:
        """Counted in heads; the others are money in yuan."""
        return self in {FigureKind.STAFF_TOTAL, FigureKind.STAFF_RD}

    @property
    def may_be_below_zero(self) -> bool:
        """A loss, and debts above all that is owned."""
        return self in {FigureKind.NET_PROFIT, FigureKind.NET_ASSETS}


class YearlyFigure(EnterprisePart):
    """One figure of one year, with where it came from: no figure without a source (4.1.4)."""

    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("figure"), max_length=20, choices=FigureKind)
    amount = models.DecimalField(
        pgettext_lazy("figure", "amount"),
        max_digits=16,
        decimal_places=2,
        help_text=_("Money in yuan, people as a number."),
    )
    source = models.CharField(_("source"), max_length=160)
    source_date = models.DateField(_("date of the source"))
    recorded_by = by_step(_("recorded by"))

    class Meta:
        verbose_name = _("yearly figure")
        verbose_name_plural = _("yearly figures")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "year", "kind"],
                name="one_figure_a_year",
                violation_error_message=_("This figure of this year is already recorded; change it instead."),
            ),
            models.CheckConstraint(
                name="figure_year_is_plausible",
                condition=models.Q(year__gte=1949, year__lte=2100),
                violation_error_message=_("The year must lie between 1949 and 2100."),
            ),
        ]

    @property
    def of_people(self) -> bool:
        return FigureKind(self.kind).of_people

    def clean(self) -> None:
        """Refuses what can't be. No constraint of the database: what was kept before stays readable and can be corrected."""
        wrong = dict(self._impossible())
        if wrong:
            raise ValidationError(wrong)

    def _impossible(self) -> Iterator[tuple[str, Text]]:
        kind, today = FigureKind(self.kind) if self.kind in FigureKind.values else None, clock.today()
        if kind and self.amount is not None:
            if kind.of_people and self.amount != self.amount.to_integral_value():
                yield "amount", _("People are counted in whole numbers.")
            if self.amount < 0 and not kind.may_be_below_zero:
                yield "amount", _("%(figure)s is never below 0.") % {"figure": kind.label}
        if self.source_date is not None and self.source_date > today:
            yield "source_date", _("This day hasn't come yet.")
        if self.year is not None and self.year > today.year:
            yield "year", _("This year is still to come.")
        elif self.year is not None and self.source_date is not None and self.source_date.year < self.year:
            yield "source_date", _("The source is older than the year it speaks of.")

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


class EnterpriseFile(EnterprisePart):
    name = models.CharField(_("file"), max_length=160)
    blob = models.ForeignKey("kernel.Blob", models.PROTECT, related_name="+", verbose_name=_("content"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name
