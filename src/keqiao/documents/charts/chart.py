"""What a picture shows: series of numbers over labels, and the same as a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from .scale import in_words

Number = int | float | Decimal
Band = tuple[Number, Number]


class Form(Enum):
    BARS = "bars"  # lying: for names, which may be long
    COLUMNS = "columns"  # standing: for months and other short labels in an order of their own
    LINE = "line"  # a course over time, with its band where it is an estimate
    PARETO = "pareto"  # columns by size, and how much of the whole the first ones are
    SHARE = "share"  # one bar cut into the parts of a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One number a label; None where it isn't known. `urls` lead to the rows behind each number, empty where to none.

    `band` gives the lower and upper end of each estimate. `tone` is a tone of states (done, late, …); without one the
    series takes the next colour of the palette.
    """

    name: str
    values: tuple[Number | None, ...]
    urls: tuple[str, ...] = ()
    band: tuple[Band | None, ...] = ()
    tone: str = ""

    def url(self, place: int) -> str:
        return self.urls[place] if self.urls else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`title` names it, `said` tells in a sentence what is seen (read aloud in place of the picture), `over` is what the
    labels are: the head of the table's first column. `unit` follows each number.

    Raises ValueError for series that are shorter or longer than the labels, negative bars, or a Pareto or a share of
    several series.
    """

    title: str
    said: str
    over: str
    form: Form
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = True
    unit: str = ""
    label_urls: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for series in self.series:
            for name, values in (("values", series.values), ("urls", series.urls), ("band", series.band)):
                if values and len(values) != len(self.labels):
                    raise ValueError(
                        f"“{self.title}”: {len(self.labels)} labels, but {len(values)} {name} of “{series.name}”. "
                        "Give one for each label."
                    )
            if self.form is not Form.LINE and any(value is not None and value < 0 for value in series.values):
                raise ValueError(f"“{self.title}”: “{series.name}” has a negative bar. Draw it as a line.")
        if self.form in {Form.PARETO, Form.SHARE} and len(self.series) != 1:
            raise ValueError(f"“{self.title}”: {self.form.value} takes one series, not {len(self.series)}.")

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)

    def total(self, place: int) -> Number:
        """Of all series at a label; what isn't known counts as nothing."""
        return sum((series.values[place] or 0 for series in self.series), 0)

    @property
    def head(self) -> tuple[str, ...]:
        return self.over, *(series.name for series in self.series)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The table behind the picture, in the order of the labels."""
        for place, label in enumerate(self.labels):
            url = self.label_urls[place] if self.label_urls else ""
            numbers = (
                Cell(
                    text=in_words(series.values[place], self.unit, band_of(series, place)),
                    url=series.url(place),
                )
                for series in self.series
            )
            yield Cell(text=label, url=url), *numbers


def band_of(series: Series, place: int) -> Band | None:
    return series.band[place] if series.band else None
