"""Document numbers without gaps: given out inside the transaction that uses them, taken back when it is
rolled back. A module declares the kinds it gives in its states.py.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from keqiao.kernel.models.numbering import KINDS, Counter, NumberFormat, NumberKind
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import ahead, modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

LONGEST_KEY = 20  # as long as the column of the counter
TOKEN = re.compile(r"\{(year|yy|n)(?::0([1-9])d)?\}")


def number_kind(*, key: str, label: Text, pattern: str) -> None:
    """Declare a kind of number in the states.py of the app that gives it, with the pattern it has until the institution
    sets its own. What stands before the year and the number tells kinds apart, and is theirs alone."""
    where = declared_at()
    if not 0 < len(key) <= LONGEST_KEY or key in KINDS:
        raise DeclarationError(
            where=where,
            expected=f"a key of its own, up to {LONGEST_KEY} characters",
            came=key,
            remedy="Choose another key.",
        )
    _check(pattern, where)
    if taken := [kind.key for kind in KINDS.values() if prefix(kind.pattern) == prefix(pattern)]:
        raise DeclarationError(
            where=where,
            expected=f"another beginning than that of {taken[0]!r}, since two documents could share a number",
            came=pattern,
            remedy="Choose another prefix.",
        )
    KINDS[key] = NumberKind(key, label, pattern, declared_by())


def _check(pattern: str, where: str) -> None:
    """By the rules that the institution's own patterns keep, too; with a prefix."""
    field = NumberFormat._meta.get_field("pattern")
    try:
        field.run_validators(pattern)
    except ValidationError as error:
        remedy = " ".join(map(str, error.messages))
        raise DeclarationError(
            where=where, expected="a pattern of numbers", came=pattern, remedy=remedy
        ) from error
    if not prefix(pattern):
        raise DeclarationError(
            where=where,
            expected="a pattern that begins with the letters of its kind",
            came=pattern,
            remedy="Put them before the year and the number, such as WT-{year}-{n:05d}.",
        )


def prefix(pattern: str) -> str:
    return pattern.split("{", 1)[0]


def next_number(*, kind: str, on: date) -> str:
    """The next number of this kind in the year of `on`. Other writers of both wait for the commit."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "next_number belongs in the transaction that uses the number"
        )
    expected = ahead.expected_number(kind, on.year, last_number)
    number = _count(kind, on.year) if expected is None else expected
    return format_number(pattern=pattern_of(kind=kind), year=on.year, number=number)


def last_number(kind: str, year: int) -> int:
    """The last one given out; 0 where none was."""
    return Counter.objects.filter(kind=kind, year=year).values_list("last", flat=True).first() or 0


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


modules.describe("numbers", lambda: (kind.declared_by for kind in KINDS.values()))
