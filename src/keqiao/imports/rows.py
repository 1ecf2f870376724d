"""From rows of a file to rows of a list: which column is which, what each cell says, what is wrong with it."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from keqiao.imports.columns import CONTROL, Cells, Column
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid, Text
from sheets.delimited import Row as SheetRow
from sheets.folding import one_line
from sheets.table import headed, heading_key, is_beside, names_of
from sheets.written import UNITS

SHOWN = 80  # characters of a wrong cell
Key = tuple[Any, ...]


@dataclass
class Row:
    """One row: its values, as JSON keeps them, where they are right, and (column, cell, what is wrong) where they
    aren't. `number` is the one a spreadsheet shows."""

    number: int
    labels: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    cells: tuple[str, ...] = ()  # as they stand in the file

    def refuse(self, name: str, value: object, why: Text) -> None:
        self.errors.append((self.labels[name], shown(str(value)), str(why)))


@dataclass(frozen=True)
class Shape:
    """What rows of a list look like: its columns, those that make a row the same, and every name a column comes under."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    names: dict[str, str]  # as `heading_key` leaves a label → the column
    beside: frozenset[str] = (
        frozenset()
    )  # such keys that may stand beside the column itself, which then counts

    @property
    def key_label(self) -> str:
        return "、".join(str(column.label) for column in self.columns if column.name in self.key)

    def key_of(self, row: Row) -> Key | None:
        """What makes the row the same; None while a part of it is wrong."""
        if not all(name in row.values for name in self.key):
            return None
        return tuple(row.values[name] for name in self.key)


@dataclass(frozen=True)
class Header:
    """At which place each column stands, how the file calls it, how many yuan its amounts count, and what else is there."""

    places: dict[str, int]
    labels: dict[str, str]
    unknown: tuple[str, ...]
    units: dict[str, int]


class FirstRows:
    """In which row each key stood first. A table of its own in memory: a million keys in a third of what a dict takes."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect(":memory:", isolation_level=None)
        self._rows.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def first(self, key: Key, number: int) -> int:
        text = json.dumps(key)
        self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (text, number))
        row = self._rows.execute("SELECT number FROM seen WHERE key = ?", (text,)).fetchone()
        return int(row[0])


class Rows:
    """The filled rows under a heading, each read once, as they are asked for. `left_out` grows meanwhile: the rows that are
    none of the list, as [number, column, what they say, why]."""

    def __init__(self, rows: Iterator[SheetRow], *, shape: Shape, actor: Actor) -> None:
        heading, above, self._rows = headed(rows, lambda cells: len(places_of(cells, shape)))
        self._shape, self._heading = shape, heading[1]
        self.header = header_of(heading[1], shape=shape)
        self.left_out = [
            [number, "", _first(cells), _("Above the names of the columns; left out.")]
            for number, cells in above
        ]
        self._labels = {column.name: str(column.label) for column in shape.columns} | self.header.labels
        known = {column.name: column for column in shape.columns}
        self._columns = [(known[name], place) for name, place in self.header.places.items()]
        self._key = [place for name, place in self.header.places.items() if name in shape.key]
        self._cells, self._seen = Cells(actor, self.header.units), FirstRows()

    @property
    def labels(self) -> list[str]:
        """The heading as it stands in the file."""
        return self._heading

    def place_of(self, label: str) -> int | None:
        """At which place the cells of this column stand; None for a column that the file lacks."""
        return next(
            (self.header.places[name] for name, said in self.header.labels.items() if said == label), None
        )

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self._rows:
            if why := self._why_left_out(cells):
                self.left_out.append([number, "", _first(cells), why])
            else:
                yield self._read(number, cells)

    def _why_left_out(self, cells: list[str]) -> str:
        if cells == self._heading:
            return _("The names of the columns once more; left out.")
        if not any(cells[place] for place in self._key if place < len(cells)) and is_beside(cells):
            return _("A total or a remark without %(key)s; left out.") % {"key": self._shape.key_label}
        return ""

    def _read(self, number: int, cells: list[str]) -> Row:
        row = Row(number, self._labels, cells=tuple(cells))
        for column, place in self._columns:
            cell = cells[place] if place < len(cells) else ""
            if cell or column.required:
                self._read_cell(row, column, cell)
        self._refuse_double(row)
        return row

    def _read_cell(self, row: Row, column: Column, cell: str) -> None:
        try:
            row.values[column.name] = self._cells.read(column, cell)
        except ValueError as error:
            row.refuse(column.name, cell, str(error))

    def _refuse_double(self, row: Row) -> None:
        key = self._shape.key_of(row)
        if key and (first := self._seen.first(key, row.number)) != row.number:
            name = self._shape.key[0]
            text = _("Row %(n)s has the same %(key)s.") % {"n": first, "key": self._shape.key_label}
            row.refuse(name, row.values[name], text)


def header_of(cells: list[str], *, shape: Shape) -> Header:
    """Which column holds what. Raises Invalid when a required column is lacking, or one stands there twice."""
    places: dict[str, int] = {}
    units: dict[str, int] = {}
    named = places_of(cells, shape)
    for place, (name, remark) in named.items():
        if heading_key(cells[place]) in shape.beside and name in places:
            continue
        if name in places and heading_key(cells[places[name]]) not in shape.beside:
            raise _no_list(
                _("Two columns hold the same: “%(one)s” and “%(two)s”.")
                % {"one": shown(cells[places[name]]), "two": shown(cells[place])}
            )
        places[name] = place
        units[name] = _unit(remark, cells[place])
    lacking = [str(column.label) for column in shape.columns if column.required and column.name not in places]
    if lacking:
        raise _no_list(_("The first row has no column “%(names)s”.") % {"names": "”、“".join(lacking)})
    unknown = tuple(shown(label) for place, label in enumerate(cells) if label and place not in named)
    labels = {name: one_line(cells[place]) for name, place in places.items()}
    return Header(places, labels, unknown, units)


def places_of(cells: list[str], shape: Shape) -> dict[int, tuple[str, str]]:
    """The columns that stand in a row, by their places, each with the remark its heading has in brackets."""
    named: dict[int, tuple[str, str]] = {}
    for place, label in enumerate(cells):
        meant = ((shape.names.get(key), remark) for key, remark in names_of(label))
        known = next(((name, remark) for name, remark in meant if name), None)
        if known:
            named[place] = known
    return named


def _unit(remark: str, label: str) -> int:
    """How many yuan an amount below this heading counts; 1 where it names no unit."""
    if remark in UNITS or not remark.endswith("元"):
        return UNITS.get(remark, 1)
    raise _no_list(_("“%(label)s” names a unit that isn't known here.") % {"label": shown(label)})


def _first(cells: list[str]) -> str:
    return shown(next(filter(None, cells), ""))


def _no_list(message: str) -> Invalid:
    return Invalid(
        message,
        field="file",
        remedy=_("Put the names of the columns into the first row, as in the template."),
    )


def shown(cell: str) -> str:
    """A cell as an error quotes it: short, and without characters that no database and no page takes."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", cell[:SHOWN])
