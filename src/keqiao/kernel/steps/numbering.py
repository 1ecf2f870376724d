"""Document numbers without gaps: given out inside the transaction that uses them, taken back when it is
rolled back.
"""

import re
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.models.numbering import KINDS, Counter, NumberFormat, NumberKind
from keqiao.kernel.platform.errors import Text

TOKEN = re.compile(r"\{(year|yy|n)(?::0([1-9])d)?\}")


def register_kind(*, key: str, label: Text, pattern: str) -> None:
    """Make a kind known, with the pattern it has until the institution sets its own."""
    if key in KINDS:
        raise ValueError(f"Number kind {key!r} is registered twice")
    if taken := [kind.key for kind in KINDS.values() if kind.pattern == pattern]:
        raise ValueError(
            f"Number kind {key!r} has the pattern of {taken[0]!r}; two documents would share a number"
        )
    kind = NumberKind(key, label, pattern)
    NumberFormat(kind=key, pattern=pattern).clean_fields(exclude=["id", "kind"])  # the kind is not known yet
    KINDS[key] = kind


def next_number(*, kind: str, on: date) -> str:
    """The next number of this kind in the year of `on`. Other writers of both wait for the commit."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "next_number belongs in the transaction that uses the number"
        )
    return format_number(pattern=pattern_of(kind=kind), year=on.year, number=_count(kind, on.year))


def pattern_of(*, kind: str) -> str:
    default = KINDS[kind].pattern
    return NumberFormat.objects.filter(kind=kind).values_list("pattern", flat=True).first() or default


def format_number(*, pattern: str, year: int, number: int) -> str:
    values = {"year": f"{year:04d}", "yy": f"{year % 100:02d}"}
    return TOKEN.sub(lambda token: values.get(token[1]) or str(number).zfill(int(token[2] or 1)), pattern)


def _count(kind: str, year: int) -> int:
    """The UPDATE takes the row's lock; whoever comes second counts on from what the first committed."""
    counter = Counter.objects.filter(kind=kind, year=year)
    if not counter.update(last=F("last") + 1):
        _begin(kind, year)
        counter.update(last=F("last") + 1)
    return counter.values_list("last", flat=True).get()


def _begin(kind: str, year: int) -> None:
    try:
        with transaction.atomic():
            Counter.objects.create(kind=kind, year=year)
    except IntegrityError:
        return  # another transaction opened the year first


register_kind(key="commission", label=_("Commission"), pattern="WT-{year}-{n:05d}")
register_kind(key="notice", label=_("Acceptance or decline notice"), pattern="TZ-{year}-{n:05d}")
register_kind(key="contract", label=_("Contract"), pattern="HT-{year}-{n:05d}")
register_kind(key="amendment", label=_("Contract amendment"), pattern="BG-{year}-{n:05d}")
register_kind(key="plan", label=_("Service plan"), pattern="FA-{year}-{n:05d}")
register_kind(key="deliverable", label=_("Deliverable"), pattern="JG-{year}-{n:05d}")
register_kind(key="archive", label=_("Archive"), pattern="DA-{year}-{n:05d}")
register_kind(key="complaint", label=_("Complaint"), pattern="TS-{year}-{n:05d}")
