"""6.2: the contract with its ten elements, fees, custody, amendments."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.catalogue.models import ServiceItem, TechnicalContractKind
from keqiao.documents.amounts import in_capitals
from keqiao.engagement.case.models import EngagementPart, engagement_key, vault_file
from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.contracting.states import AMENDMENT, CONTRACT, AmendmentState, ContractState
from keqiao.kernel.models.base import Record, by_step

FeeTerms = tuple[str, Decimal, date]  # name, amount, due day


class Letter(models.TextChoices):
    """The ten elements of 6.2."""

    A = "a", _("a) Service content")
    B = "b", _("b) Manner, period and place")
    C = "c", _("c) Rights and duties of both parties")
    D = "d", _("d) Service fee")
    E = "e", _("e) Safekeeping of the client's technical data and samples")
    F = "f", _("f) Bearing of risk")
    G = "g", _("g) Ownership of results")
    H = "h", _("h) Quality and method of acceptance")
    I = "i", _("i) Early end, change and cancellation")  # noqa: E741 - the standard's letter
    J = "j", _("j) Confidentiality: content, term, liability")


def check_names(text: str) -> None:
    strange = parts.unknown(text)
    if strange:
        known = "、".join(f"{{{placeholder.name}}}" for placeholder in parts.placeholders())
        raise ValidationError(
            _("Nothing fills “{%(name)s}”. Known names: %(known)s") % {"name": strange[0], "known": known}
        )


class ContractText(Record):
    """The institution's own wording of one element for one service item; without it a contract starts from the text of
    the item's family (6.2)."""

    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="contracttexts", verbose_name=_("service item")
    )
    letter = models.CharField(_("element"), max_length=1, choices=Letter)
    text = models.TextField(
        _("text"),
        validators=[check_names],
        help_text=_("Names in braces, such as {end} or {fee}, are filled in by themselves."),
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("wording of a contract element")
        verbose_name_plural = _("wording of contracts")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "letter"],
                name="one_wording_an_element",
                violation_error_message=_(
                    "This item has a wording of this element already; change that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_letter_display())


class Contract(EngagementPart):
    """The service contract 服务合同. It can't be sent while one of the ten elements is empty."""

    states = CONTRACT

    number = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=ContractState, default=ContractState.DRAFTING)
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    approved_by = by_step(_("approved by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    returned_reason = models.CharField(_("reason of the return"), max_length=400, blank=True, editable=False)
    edition = models.PositiveSmallIntegerField(
        _("edition"), default=0, editable=False, help_text=_("How often it was sent.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    pdf = vault_file(_("PDF as sent"))
    word = vault_file(_("Word as sent"))
    signed_on = models.DateField(_("signed on"), null=True, editable=False)
    signed_copy = vault_file(_("signed copy"))
    technical_kind = models.CharField(
        _("technical contract kind"),
        max_length=12,
        choices=TechnicalContractKind,
        default=TechnicalContractKind.NONE,
    )
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    technology_amount = models.DecimalField(
        _("technology transaction amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        indexes = [models.Index(fields=["state", "engagement"], name="contract_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                name="one_contract_an_engagement",
                violation_error_message=_("This engagement already has its contract; change it or amend it."),
            ),
            models.CheckConstraint(
                name="contract_ends_after_it_begins",
                condition=models.Q(ends_on__gte=models.F("begins_on")),
                violation_error_message=_("The contract ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def schedule(self) -> list["FeeLine"]:
        """The fee lines in the order they fall due."""
        return sorted(self.fees.all(), key=lambda line: (line.due_on, line.pk))

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.fees.all()), Decimal("0.00"))

    @property
    def total_in_capitals(self) -> str:
        return in_capitals(self.total) if self.total else ""

    @property
    def outstanding(self) -> Decimal:
        return sum((line.outstanding for line in self.fees.all()), Decimal("0.00"))


class ContractElement(EngagementPart):
    """One of the ten. While it is written, names in braces stand for facts that may still change (dates, place, fee);
    sending puts the facts in, and taking the contract back brings the names back. See contract_texts.py."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="elements", verbose_name=_("contract")
    )
    letter = models.CharField(_("element"), max_length=1, choices=Letter)
    text = models.TextField(_("text"), blank=True)
    as_written = models.TextField(
        blank=True, editable=False
    )  # with its names in braces, kept while `text` is as sent

    class Meta:
        verbose_name = _("contract element")
        verbose_name_plural = _("contract elements")
        constraints = [models.UniqueConstraint(fields=["contract", "letter"], name="one_text_an_element")]

    def __str__(self) -> str:
        return str(self.get_letter_display())


class FeeLine(EngagementPart):
    """A line of the fee schedule and what was paid on it."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="fees", verbose_name=_("contract"))
    name = models.CharField(_("instalment"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("due on"))
    paid = models.DecimalField(_("paid"), max_digits=14, decimal_places=2, default=0, editable=False)
    paid_on = models.DateField(_("paid on"), null=True, editable=False)

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fee schedule")
        indexes = [
            models.Index(
                fields=["due_on"], name="fee_open_due", condition=models.Q(paid__lt=models.F("amount"))
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="fee_is_positive",
                condition=models.Q(amount__gt=0),
                violation_error_message=_("A fee must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def outstanding(self) -> Decimal:
        return self.amount - self.paid

    def is_late(self, today: date) -> bool:
        return self.outstanding > 0 and self.due_on < today


class Custody(EngagementPart):
    """A sample or data of the client in our keeping, until it goes back (6.2 e)."""

    engagement = engagement_key("custodies")
    what = models.CharField(_("what"), max_length=200)
    quantity = models.CharField(_("quantity"), max_length=60)
    condition = models.CharField(_("condition on receipt"), max_length=200, blank=True)
    kept_at = models.CharField(_("kept at"), max_length=120)
    received_on = models.DateField(_("received on"))
    received_from = models.CharField(_("received from"), max_length=80)
    returned_on = models.DateField(_("returned on"), null=True, editable=False)
    returned_to = models.CharField(_("returned to"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("samples and data in custody")

    def __str__(self) -> str:
        return self.what


class Amendment(EngagementPart):
    """A change of a signed contract: the contract itself is never rewritten."""

    states = AMENDMENT

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="amendments", verbose_name=_("contract")
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState, default=AmendmentState.DRAFT)
    reason = models.TextField(_("reason"))
    new_end = models.DateField(_("new end"), null=True, blank=True)
    # What takes the place of `replaced_fees` on signing: [{"name", "amount", "due_on"}], empty where fees stay.
    new_fees = models.JSONField(_("new fees"), default=list, editable=False)
    # The lines that were unpaid when it was drafted, each with its `id` too; what is paid meanwhile changes none of them.
    replaced_fees = models.JSONField(_("replaced fees"), default=list, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    approved_by = by_step(_("approved by"))
    returned_reason = models.CharField(
        _("reason of the return or withdrawal"), max_length=400, blank=True, editable=False
    )
    signed_on = models.DateField(_("signed on"), null=True, editable=False)
    pdf = vault_file(_("PDF"))
    signed_copy = vault_file(_("signed copy"))

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        indexes = [models.Index(fields=["state", "engagement"], name="amendment_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def fees_after(self) -> list[FeeTerms]:
        """Name, amount and due day of each new line."""
        return terms_of(self.new_fees)

    @property
    def fees_before(self) -> list[FeeTerms]:
        """The same of each line that they replace."""
        return terms_of(self.replaced_fees)

    @property
    def replaced_schedule(self) -> str:
        """The replaced lines as they are read."""
        return as_read(self.fees_before)

    @property
    def new_schedule(self) -> str:
        """The new lines as they are read."""
        return as_read(self.fees_after)


def terms_of(rows: list[dict[str, Any]]) -> list[FeeTerms]:
    return [(row["name"], Decimal(row["amount"]), date.fromisoformat(row["due_on"])) for row in rows]


def as_read(fees: list[FeeTerms]) -> str:
    return "\n".join(f"{name} {amount:,.2f} · {due_on}" for name, amount, due_on in fees)


class AmendmentChange(EngagementPart):
    """One element as it reads after the amendment, beside how it read before."""

    amendment = models.ForeignKey(
        Amendment, models.CASCADE, related_name="changes", verbose_name=_("amendment")
    )
    letter = models.CharField(_("element"), max_length=1, choices=Letter)
    before = models.TextField(_("before"))
    after = models.TextField(_("after"))

    class Meta:
        verbose_name = _("change of an element")
        verbose_name_plural = _("what changes")
        constraints = [models.UniqueConstraint(fields=["amendment", "letter"], name="one_change_an_element")]

    def __str__(self) -> str:
        return str(self.get_letter_display())
