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

    def refuse(self, name: str, value: object, why: Text) -> None:
        self.errors.append((self.labels[name], shown(str(value)), str(why)))


@dataclass(frozen=True)
class Shape:
    """What rows of a list look like: its columns, those that make a row the same, and every name a column comes under."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    names: dict[str, str]  # as `bare` leaves a label → the column

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
    """At which place each column stands, how the file calls it, and what else is there."""

    places: dict[str, int]
    labels: dict[str, str]
    unknown: tuple[str, ...]


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
    """The filled rows under a header, each read once, as they are asked for."""

    def __init__(self, rows: Iterator[list[str]], *, shape: Shape, actor: Actor) -> None:
        self._rows, self._shape = rows, shape
        self.header = header_of(next(rows, []), shape=shape)
        self._labels = {column.name: str(column.label) for column in shape.columns} | self.header.labels
        known = {column.name: column for column in shape.columns}
        self._columns = [(known[name], place) for name, place in self.header.places.items()]
        self._cells, self._seen = Cells(actor), FirstRows()

    def __iter__(self) -> Iterator[Row]:
        for number, cells in enumerate(self._rows, start=2):
            if any(cells):
                yield self._read(number, cells)

    def _read(self, number: int, cells: list[str]) -> Row:
        row = Row(number, self._labels)
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
    for place, label in enumerate(cells):
        name = shape.names.get(bare(label))
        if name in places:
            raise _no_list(
                _("Two columns hold the same: “%(one)s” and “%(two)s”.")
                % {"one": shown(cells[places[name]]), "two": shown(label)}
            )
        if name:
            places[name] = place
    lacking = [str(column.label) for column in shape.columns if column.required and column.name not in places]
    if lacking:
        raise _no_list(_("The first row has no column “%(names)s”.") % {"names": "”、“".join(lacking)})
    unknown = tuple(
        shown(label) for place, label in enumerate(cells) if label and place not in places.values()
    )
    return Header(places, {name: cells[place] for name, place in places.items()}, unknown)


def bare(label: str) -> str:
    """The name of a column without its looks; some lists mark what must be filled with a star."""
    return label.strip().strip("*＊").strip().casefold()


def _no_list(message: str) -> Invalid:
    return Invalid(
        message,
        field="file",
        remedy=_("Put the names of the columns into the first row, as in the template."),
    )


def shown(cell: str) -> str:
    """A cell as an error quotes it: short, and without characters that no database and no page takes."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", cell[:SHOWN])
