from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as CodeError

from keqiao.enterprises.reference import choices
from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.levels import Level


def check_credit_code(value: str) -> None:
    """Refuse a unified social credit code whose form or check digit is wrong (GB 32100-2015)."""
    try:
        sound = (
            credit_code.validate(value) == value
        )  # it would pass over blanks and small letters; the column must not
    except CodeError:
        sound = False
    if not sound:
        message = _(
            "“%(value)s” is no unified social credit code: 18 digits and capital letters, the last a check digit."
        )
        raise ValidationError(message, params={"value": value})


class Size(models.TextChoices):
    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Tag(Record):
    name = models.CharField(_("tag"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


class Enterprise(Record):
    """A technology-innovation enterprise 科技创新企业, known by its unified social credit code (`enterprises/codes.py`)."""

    by_lists = True

    name = models.CharField(_("enterprise"), max_length=160)
    uscc = models.CharField(_("unified social credit code"), max_length=18, validators=[check_credit_code])
    same_code = models.PositiveSmallIntegerField(default=0, editable=False)
    region = models.CharField(_("region"), max_length=6, choices=choices.region_choices, blank=True)
    industry = models.CharField(_("industry"), max_length=4, choices=choices.industry_choices, blank=True)
    size = models.CharField(pgettext_lazy("enterprise", "size"), max_length=10, choices=Size, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    representative = models.CharField(_("legal representative"), max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enterprises",
        verbose_name=_("responsible consultant"),
    )
    level = models.PositiveSmallIntegerField(_("classification"), choices=Level, default=Level.INTERNAL)
    tags = models.ManyToManyField(Tag, blank=True, related_name="enterprises", verbose_name=_("tags"))
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["uscc", "same_code"],
                name="one_record_a_code",
                violation_error_message=_("An enterprise with this credit code is recorded already."),
            )
        ]
        indexes = [
            models.Index(fields=["name"], name="enterprise_name"),
            models.Index(fields=["same_code"], name="enterprise_twin", condition=models.Q(same_code__gt=0)),
            # What lists count: every row that still stands, by clearance and by region.
            models.Index(
                fields=["level"], name="enterprise_open", condition=models.Q(merged_into__isnull=True)
            ),
            models.Index(
                fields=["region", "level"],
                name="enterprise_region",
                condition=models.Q(merged_into__isnull=True),
            ),
            models.Index(fields=["owner", "-id"], name="enterprise_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def enterprise_id(self) -> int:
        """The enterprise whose key encrypts what belongs to this row: itself."""
        return int(self.pk)

    # Django's own would make a dictionary of all four hundred choices anew for every row of a list.
    def get_region_display(self) -> str:  # type: ignore[no-redef]
        return choices.regions().get(self.region, self.region)

    def get_industry_display(self) -> str:  # type: ignore[no-redef]
        return choices.industries().get(self.industry, self.industry)
