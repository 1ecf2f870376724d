"""How documents are numbered, and the last number given out."""

from dataclasses import dataclass

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Text

# Letters, digits and the marks document numbers use, the year and the number: in any order.
YEAR = r"\{(?:year|yy)\}"
NUMBER = r"\{n(?::0[1-9]d)?\}"
PATTERN = rf"^(?=.*{YEAR})(?=.*{NUMBER})(?:[\w\-/.()（）〔〕\[\]]|{YEAR}|{NUMBER})+\Z"
ONCE = r"^(?!.*\{y.*\{y)(?!.*\{n.*\{n)"


@dataclass(frozen=True)
class NumberKind:
    key: str
    label: Text
    pattern: str
    declared_by: str  # the dotted name of the module


KINDS: dict[str, NumberKind] = {}  # filled by kernel.numbering.number_kind


def kind_choices() -> list[tuple[str, Text]]:
    return [(kind.key, kind.label) for kind in KINDS.values()]


class NumberFormat(models.Model):
    """The institution's own pattern of one kind; a kind without a row keeps its registered one."""

    kind = models.CharField(_("kind"), max_length=20, unique=True, choices=kind_choices)
    pattern = models.CharField(
        _("pattern"),
        max_length=60,
        unique=True,
        help_text=_("For example WT-{year}-{n:05d}. {yy} is the year in two digits."),
        validators=[
            RegexValidator(
                PATTERN, _("Use letters, digits and - / . ( ) with {year} or {yy} and {n} or {n:05d}.")
            ),
            RegexValidator(ONCE, _("The year and the number may each stand only once.")),
        ],
    )

    class Meta:
        verbose_name = _("number format")
        verbose_name_plural = _("number formats")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.pattern}"


class Counter(models.Model):
    """The last number of a kind in a year. Its row lock is what makes numbers gapless."""

    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_counter_a_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
