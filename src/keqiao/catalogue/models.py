"""Clause 5 as data the institution may edit: families, items, what each item wants, and which are on offer."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.kernel.models.base import Record
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.validity import Term
from keqiao.organisation.models import Competence


class TechnicalContractKind(models.TextChoices):
    NONE = "none", _("Not a technical contract")
    DEVELOPMENT = "development", _("Technology development")
    TRANSFER = "transfer", _("Technology transfer")
    LICENCE = "licence", _("Technology licence")
    CONSULTING = "consulting", _("Technology consulting")
    SERVICE = "service", _("Technology service")


class MaterialNature(models.TextChoices):
    TECHNICAL = "technical", _("Technical")
    PROOF = "proof", _("Proof")
    FINANCE = "finance", _("Finance")
    LEGAL = "legal", _("Legal")
    OTHER = "other", _("Other")


class ServiceFamily(Record):
    """One of the seven families of clause 5."""

    code = models.CharField(_("clause"), max_length=8, unique=True)
    name = models.CharField(_("service family"), max_length=80)

    class Meta:
        verbose_name = _("service family")
        verbose_name_plural = _("service families")

    def __str__(self) -> str:
        return self.name


class ServiceItem(Record):
    """One of the 34 items, or one the institution added."""

    family = models.ForeignKey(
        ServiceFamily, models.PROTECT, related_name="items", verbose_name=_("service family")
    )
    code = models.CharField(_("clause"), max_length=12, unique=True)
    name = models.CharField(_("service item"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    usual_days = models.PositiveIntegerField(_("usual days"), default=60)
    contract_kind = models.CharField(
        _("technical contract kind"),
        max_length=12,
        choices=TechnicalContractKind,
        default=TechnicalContractKind.NONE,
    )
    objectives = models.TextField(_("objectives of the plan"), blank=True, help_text=_("One a line."))
    competences = models.ManyToManyField(
        Competence, blank=True, related_name="items", verbose_name=_("competences wanted")
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("service item")
        verbose_name_plural = _("service catalogue")

    def __str__(self) -> str:
        return self.name

    @property
    def offer(self) -> "Offer | None":
        """The offer in force today; of offers read already, so that a list asks once."""
        today = clock.today()
        return next((offer for offer in self.offers.all() if offer.is_in_force(today)), None)

    @property
    def open_offer(self) -> "Offer | None":
        """The one without an end; there is at most one."""
        return next((offer for offer in self.offers.all() if offer.until is None), None)

    @property
    def offered_since(self) -> date | None:
        return self.offer.since if self.offer else None

    @property
    def checklist(self) -> "list[MaterialKind]":
        """The material asked for now, in its order."""
        return current(self.materialkinds.all())

    @property
    def plan_template(self) -> "list[MilestoneTemplate]":
        return current(self.milestonetemplates.all())

    @property
    def usual_results(self) -> "list[DeliverableKind]":
        return current(self.deliverablekinds.all())


class ItemPart(Record):
    item = models.ForeignKey(
        ServiceItem, models.CASCADE, related_name="%(class)ss", verbose_name=_("service item")
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


P = TypeVar("P", bound=ItemPart)


def current(parts: Iterable[P]) -> list[P]:
    """Those not retired, in their order; of rows read already, so that a page of many items asks once."""
    left = (part for part in parts if part.retired_on is None)
    return sorted(left, key=lambda part: (part.position, part.pk))


class MaterialKind(ItemPart):
    """A line of the material checklist of an item (6.1.1)."""

    proves = models.CharField(_("what it proves"), max_length=200, blank=True)
    nature = models.CharField(
        _("nature"), max_length=10, choices=MaterialNature, default=MaterialNature.OTHER
    )
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("checklist line")
        verbose_name_plural = _("material checklist")


class MilestoneTemplate(ItemPart):
    """A milestone of an item's plan template (6.3.3)."""

    day = models.PositiveIntegerField(
        pgettext_lazy("plan step", "day"), default=30, help_text=_("Days after the plan begins.")
    )
    result = models.CharField(_("staged result"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("plan step")
        verbose_name_plural = _("plan template")


class DeliverableKind(ItemPart):
    """What an item usually delivers (6.4.1)."""

    form = models.CharField(_("form"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("kind of deliverable")
        verbose_name_plural = _("kinds of deliverable")


class Offer(Record):
    """That the institution offers an item, from when until when, and in what scope (4.1.1)."""

    term = Term(begins="since", last="until")

    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="offers", verbose_name=_("service item")
    )
    since = models.DateField(_("offered since"))
    until = models.DateField(_("offered until"), null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("service on offer")
        verbose_name_plural = _("services on offer")
        constraints = [
            models.CheckConstraint(
                name="offer_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                violation_error_message=_("“Offered until” lies before “offered since”."),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(until__isnull=True),
                name="one_open_offer_an_item",
                violation_error_message=_("This item is offered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.since}"

    @property
    def journal_case(self) -> str:
        return f"serviceitem:{self.item_id}"

    def is_in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
