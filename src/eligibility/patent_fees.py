"""Official yearly fees of Chinese patents: schedule, due days, surcharge, restoration, reduction.

The schedule was checked against public copies. Sources differ on how many years the reduction lasts; ten,
as of 2018, is used here. Fees are whole yuan. A patent year counts from the filing date; the fee of the
year of grant is paid at registration, each later one is due by the anniversary on which its year begins.
"""

import calendar
from dataclasses import dataclass
from datetime import date

INVENTION, UTILITY_MODEL, DESIGN = "invention", "utility_model", "design"

# kind -> (last patent year of the step, yuan a year)
SCHEDULE: dict[str, tuple[tuple[int, int], ...]] = {
    INVENTION: ((3, 900), (6, 1200), (9, 2000), (12, 4000), (15, 6000), (20, 8000)),
    UTILITY_MODEL: ((3, 600), (5, 900), (8, 1200), (10, 2000)),
    DESIGN: ((3, 600), (5, 900), (8, 1200), (10, 2000), (15, 3000)),
}
RESTORATION_FEE = 1000
GRACE_MONTHS = 6
SURCHARGE_PERCENT_A_MONTH = 5
REDUCED_YEARS = 10
PAID_PERCENT = {"none": 100, "one_owner": 15, "several_owners": 30}


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to be paid on a day, in yuan. `lapsed`: the right has ended, only restoration revives it."""

    fee: int
    surcharge: int
    restoration: int
    lapsed: bool

    @property
    def total(self) -> int:
        """All of it."""
        return self.fee + self.surcharge + self.restoration


def yearly_fee(kind: str, year: int) -> int:
    """The full fee of a patent year, from 1. Raises ValueError for an unknown kind or year."""
    if kind not in SCHEDULE:
        raise ValueError(f"expected one of {', '.join(SCHEDULE)}, got {kind}")
    for last, fee in SCHEDULE[kind]:
        if 1 <= year <= last:
            return fee
    raise ValueError(f"expected a year from 1 to {SCHEDULE[kind][-1][0]} for {kind}, got {year}")


def patent_year(filed_on: date, day: date) -> int:
    """The patent year a day falls in; the filing date is in year 1."""
    if day < filed_on:
        raise ValueError(f"expected a day from {filed_on} on, got {day}")
    years = day.year - filed_on.year
    return years + 1 if day >= _months_after(filed_on, 12 * years) else years


def due_day(filed_on: date, year: int) -> date:
    """The last day for the fee of a patent year without being late: the anniversary that begins it."""
    if year < 1:
        raise ValueError(f"expected a patent year from 1, got {year}")
    return _months_after(filed_on, 12 * (year - 1))


def reduced_fee(kind: str, year: int, *, granted_in_year: int, reduction: str = "none") -> int:
    """The fee after the reduction (none, one_owner 85 % off, several_owners 70 % off).

    It holds for the ten patent years that begin with the year of grant.
    """
    if reduction not in PAID_PERCENT:
        raise ValueError(f"expected one of {', '.join(PAID_PERCENT)}, got {reduction}")
    if year < granted_in_year:
        raise ValueError(f"expected a patent year from that of the grant, {granted_in_year}, got {year}")
    reduced = year < granted_in_year + REDUCED_YEARS
    return yearly_fee(kind, year) * (PAID_PERCENT[reduction] if reduced else 100) // 100


def payment_on(
    day: date, *, kind: str, filed_on: date, year: int, granted_in_year: int, reduction: str = "none"
) -> Payment:
    """What the fee of a patent year costs on a day.

    Late by up to one month costs nothing more, then 5 % of the full fee for each month begun; after six
    months the right lapses, and the greatest surcharge and the restoration fee come on top.
    """
    fee = reduced_fee(kind, year, granted_in_year=granted_in_year, reduction=reduction)
    months = _months_begun(due_day(filed_on, year), day)
    lapsed = months > GRACE_MONTHS
    percent = SURCHARGE_PERCENT_A_MONTH * max(0, min(months, GRACE_MONTHS) - 1)
    surcharge = yearly_fee(kind, year) * percent // 100
    return Payment(fee, surcharge, RESTORATION_FEE if lapsed else 0, lapsed)


def _months_begun(due: date, day: date) -> int:
    """Months begun since `due` by `day`; each ends on, and includes, the day of the same number."""
    months = 0
    while months <= GRACE_MONTHS and day > _months_after(due, months):
        months += 1
    return months


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
