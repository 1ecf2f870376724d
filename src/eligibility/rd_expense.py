"""Counting R&D expense in two ways from one ledger of eight heads.

Super-deduction: 财税〔2015〕119号 and 税务总局公告2021年第28号. HNTE: 国科发火〔2016〕195号.
Only the limit of "other" in the first was checked against a public copy; the rest is written from memory.

Amounts are yuan, exact to the fen; what counts is rounded down to the fen, so no claim exceeds its limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FIRST_FIVE = ("staff", "direct_input", "depreciation", "amortisation", "design_trial")
HEADS = (*FIRST_FIVE, "other", "entrusted_domestic", "entrusted_abroad")
ENTRUSTED_SHARE = Fraction(80, 100)
OTHER_SHARE_TAX = Fraction(10, 100)
OTHER_SHARE_HNTE = Fraction(20, 100)
ABROAD_LIMIT = Fraction(2, 3)
EXTRA_DEDUCTION = 1

Amount = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One voucher line: the R&D project, one of HEADS, yuan (negative for a correction)."""

    project: str
    head: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class CountedExpense:
    """What counts, in yuan. `other_limit` is the most that "other" may count."""

    first_five: Fraction
    other: Fraction
    other_limit: Fraction
    entrusted_domestic: Fraction
    entrusted_abroad: Fraction

    @property
    def domestic(self) -> Fraction:
        """All that counts but work entrusted abroad."""
        return self.first_five + self.other + self.entrusted_domestic

    @property
    def total(self) -> Fraction:
        """All that counts."""
        return self.domestic + self.entrusted_abroad

    @property
    def extra_deduction(self) -> Fraction:
        """What a super-deduction takes off taxable income beyond the expense itself: 100 % of the total."""
        return self.total * EXTRA_DEDUCTION


def head_totals(entries: Iterable[LedgerEntry]) -> dict[str, Fraction]:
    """The sum of each head over all projects, yuan.

    Raises ValueError for an unknown head, an amount finer than a fen, or a head whose sum is negative.
    """
    totals = dict.fromkeys(HEADS, Fraction(0))
    for entry in entries:
        if entry.head not in totals:
            raise ValueError(f"expected one of {', '.join(HEADS)}, got {entry.head}")
        amount = _exact(entry.amount)
        totals[entry.head] += amount
    for head, total in totals.items():
        if total < 0:
            raise ValueError(f"expected at least 0 yuan for {head} in all, got {total}")
    return totals


def count_super_deduction(entries: Iterable[LedgerEntry]) -> CountedExpense:
    """Count for the super-deduction.

    "Other" counts at most a tenth of all that counts before entrusted work: first five × 10 % ÷ (1 − 10 %).
    Entrusted in China counts 80 %; abroad the lesser of 80 % and two thirds of the domestic expense.
    """
    totals = head_totals(entries)
    first_five = sum((totals[head] for head in FIRST_FIVE), Fraction(0))
    limit = _down(first_five * OTHER_SHARE_TAX / (1 - OTHER_SHARE_TAX))
    other = min(totals["other"], limit)
    domestic = _down(totals["entrusted_domestic"] * ENTRUSTED_SHARE)
    abroad = min(totals["entrusted_abroad"] * ENTRUSTED_SHARE, (first_five + other + domestic) * ABROAD_LIMIT)
    return CountedExpense(first_five, other, limit, domestic, _down(abroad))


def count_hnte(entries: Iterable[LedgerEntry]) -> CountedExpense:
    """Count for the recognition as HNTE.

    Entrusted R&D counts 80 %. "Other" is at most 20 % of the total it is itself part of, so at most a
    quarter of the rest.
    """
    totals = head_totals(entries)
    first_five = sum((totals[head] for head in FIRST_FIVE), Fraction(0))
    domestic = _down(totals["entrusted_domestic"] * ENTRUSTED_SHARE)
    abroad = _down(totals["entrusted_abroad"] * ENTRUSTED_SHARE)
    limit = _down((first_five + domestic + abroad) * OTHER_SHARE_HNTE / (1 - OTHER_SHARE_HNTE))
    return CountedExpense(first_five, min(totals["other"], limit), limit, domestic, abroad)


def _exact(amount: Amount) -> Fraction:
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise ValueError(f"expected yuan, got {amount}")
    exact = Fraction(amount)
    if (exact * 100).denominator != 1:
        raise ValueError(f"expected yuan with at most two decimals, got {amount}")
    return exact


def _down(amount: Fraction) -> Fraction:
    return Fraction(amount * 100 // 1, 100)
