"""The holiday table as the chinesecalendar package knows it, from the State Council's yearly notices."""

from datetime import date
from importlib.metadata import version

from chinese_calendar.constants import Holiday as Names
from chinese_calendar.constants import holidays, workdays

from keqiao.kernel.models.calendar import Holiday, HolidayYear


def seed_known_years(*, holiday: type[Holiday], holiday_year: type[HolidayYear]) -> list[int]:
    """Fill in every year the package knows and the table doesn't have; a year already there is left as it is.

    The models are handed in, so that a migration can pass its own historical ones.
    """
    source = f"国务院办公厅节假日安排通知（据 chinesecalendar {version('chinesecalendar')}）"
    days = {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}
    present = set(holiday_year.objects.values_list("year", flat=True))
    years = sorted({day.year for day in days} - present)
    rows = [
        holiday(day=day, is_working=works, name=_name(day, works=works), source=source)
        for day, works in sorted(days.items())
        if day.year in years
    ]
    holiday.objects.bulk_create(rows, ignore_conflicts=True)
    holiday_year.objects.bulk_create([holiday_year(year=year, source=source) for year in years])
    return years


def _name(day: date, *, works: bool) -> str:
    name: str = Names(workdays[day] if works else holidays[day]).chinese
    return f"{name}调休上班" if works else name
