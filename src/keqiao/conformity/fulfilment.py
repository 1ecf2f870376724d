"""Measures taken: how many of how many, which rows lack it, and since when."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Model, Q, QuerySet
from django.utils import timezone

from keqiao.conformity.registry import Measure, NoneOpen, Rhythm, Share, Timely
from keqiao.kernel.platform import clock


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    begins: date
    ends: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        zone = timezone.get_current_timezone()
        first = datetime.combine(self.begins, time.min, zone)
        return first, datetime.combine(self.ends + timedelta(days=1), time.min, zone)

    @property
    def known_until(self) -> date:
        """The last day of which anything can be said."""
        return min(self.ends, clock.today())


@dataclass(frozen=True)
class Fulfilment:
    """`n` of `m`; `lacking` are the rows that keep it from being met. With `m` 0 there was nothing to be done."""

    n: int
    m: int
    lacking: "QuerySet[Any]"
    next_on: date | None = None  # of a rhythm: by when the next is due
    failed: tuple[Period, ...] = ()  # of a rhythm: the stretches with too few

    @property
    def is_met(self) -> bool:
        return self.n >= self.m


def measured(measure: Measure, period: Period) -> Fulfilment:
    """Two queries a measure whatever the size; the rows that lack it are read where they are shown."""
    rows = _rows(measure)
    if isinstance(measure, Share):
        return _share(measure, rows, period)
    if isinstance(measure, Timely):
        return _timely(measure, rows, period)
    if isinstance(measure, Rhythm):
        return _rhythm(measure, rows, period)
    assert isinstance(measure, NoneOpen)
    lacking = rows.filter(measure.open(period.known_until))
    count = lacking.count()
    return Fulfilment(n=0, m=count, lacking=lacking)


def _share(measure: Share, rows: "QuerySet[Any]", period: Period) -> Fulfilment:
    all_of = rows.filter(_within(measure.of, measure.at, period))
    having = all_of.filter(measure.has).values("pk")
    lacking = all_of.exclude(pk__in=having)
    m = all_of.count()
    return Fulfilment(n=m - lacking.count(), m=m, lacking=lacking)


def _timely(measure: Timely, rows: "QuerySet[Any]", period: Period) -> Fulfilment:
    """What is due today and not done yet is neither in time nor late."""
    today = clock.today()
    done = f"{measure.done}__date" if _has_time(measure.of, measure.done) else measure.done
    due = rows.filter(_within(measure.of, measure.due, Period(period.begins, period.known_until)))
    is_done = Q(**{f"{measure.done}__isnull": False}) & measure.has
    asked = due.filter(is_done | Q(**{f"{measure.due}__lt": today}))
    in_time = is_done & Q(**{f"{done}__lte": F(measure.due)})
    late = asked.exclude(pk__in=asked.filter(in_time).values("pk"))
    m = asked.count()
    return Fulfilment(n=m - late.count(), m=m, lacking=late)


def _rhythm(measure: Rhythm, rows: "QuerySet[Any]", period: Period) -> Fulfilment:
    """Whole stretches of `months` months, counted back from the end of what is known; the one begun before the period
    doesn't count."""
    days = _days(measure, rows)
    failed, stretches = [], 0
    for stretch in _stretches(period, measure.months):
        stretches += 1
        if sum(stretch.begins <= day <= stretch.ends for day in days) < measure.at_least:
            failed.append(stretch)
    return Fulfilment(
        n=stretches - len(failed), m=stretches, lacking=rows.none(), next_on=next_of(measure, days),
        failed=tuple(failed),
    )  # fmt: skip


def next_of(measure: Rhythm, days: list[date]) -> date | None:
    """By when the next is due: `months` months after the one that is `at_least` back; None while there is none yet."""
    return (
        months_after(sorted(days)[-measure.at_least], measure.months)
        if len(days) >= measure.at_least
        else None
    )


def days_of(measure: Rhythm) -> list[date]:
    """On which days it was done; what is only planned was not."""
    return _days(measure, _rows(measure))


def _rows(measure: Measure) -> "QuerySet[Any]":
    return measure.of._default_manager.filter(measure.when).order_by()  # noqa: SLF001 - counts; rows are shown by policy


def _days(measure: Rhythm, rows: "QuerySet[Any]") -> list[date]:
    moments = rows.filter(**{f"{measure.at}__isnull": False}).values_list(measure.at, flat=True)
    days = (clock.day_of(moment) if isinstance(moment, datetime) else moment for moment in moments)
    return [day for day in days if day <= clock.today()]


def _stretches(period: Period, months: int) -> Iterator[Period]:
    after = period.known_until + timedelta(days=1)
    while (first := months_after(after, -months)) >= period.begins:
        yield Period(first, after - timedelta(days=1))
        after = first


def months_after(day: date, months: int) -> date:
    """The same day so many months on or back; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _within(model: type[Model], path: str, period: Period) -> Q:
    if _has_time(model, path):
        first, after = period.bounds
        return Q(**{f"{path}__gte": first, f"{path}__lt": after})
    return Q(**{f"{path}__gte": period.begins, f"{path}__lte": period.ends})


def _has_time(model: type[Model], path: str) -> bool:
    *above, last = path.split("__")
    for name in above:
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return isinstance(model._meta.get_field(last), DateTimeField)
