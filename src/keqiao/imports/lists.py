"""The lists that the modules declare: which columns, what makes a row the same, who judges, writes and takes back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from keqiao.imports.columns import Column, in_every_language
from keqiao.imports.rows import Key, Row, Shape
from keqiao.imports.writing import Undoer, Writer
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Refusal, Text
from keqiao.kernel.platform.policy import Rule
from sheets.table import heading_key

Known = dict[Key, Any]  # what is there, by its key
Note = tuple[Row, str, str, str]  # the row, the name of its column, what is there, why it is worth a look


def nothing_more(_row: Row, _there: Any, _actor: Actor) -> None:
    """The cells and the writer say it all."""


def all_rows(rows: "QuerySet[Any]", _actor: Actor) -> "QuerySet[Any]":
    return rows


def nothing_to_note(_batch: list[Row], _known: Known, _actor: Actor) -> Iterator[Note]:
    return iter(())


@dataclass(frozen=True, kw_only=True)
class ImportList:
    """A list of rows of `model`, matched by the columns of `key`.

    `columns` are names of fields, or columns; without any, the fields that the model's create step asks for.
    `judge(row, there, actor)` refuses cells by `row.refuse(column, cell, why)`; `there` is the row with the same key, or
    None. It runs before what the writer itself would refuse. `notes(batch, known, actor)` names what is worth a look and
    hinders nothing. `write` is how rows are written: by default each by the model's create and update steps. `undo` is
    how they are taken back: by default as the writer can. `related` is read with the rows that are there. `seen(rows,
    actor)` leaves out those that the actor is not told of: then a row is new, whatever its key.
    """

    model: type[Model]
    slug: str
    key: tuple[str, ...]
    clause: str
    permission: Rule
    columns: tuple[Column | str, ...] = ()
    judge: Callable[[Row, Any, Actor], None] = nothing_more
    notes: Callable[[list[Row], Known, Actor], Iterable[Note]] = nothing_to_note
    write: Writer | None = None
    undo: Undoer | None = None
    seen: Callable[["QuerySet[Any]", Actor], "QuerySet[Any]"] = all_rows
    related: tuple[str, ...] = ()
    help: Text = ""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An import list as it is worked with: every column spelled out, writer and undoer chosen."""

    declared: ImportList
    columns: tuple[Column, ...]
    writer: Writer
    undoer: Undoer
    where: str  # the file and the line that declared it
    origin: str  # the dotted name of that file

    @property
    def model(self) -> type[Model]:
        return self.declared.model

    @property
    def slug(self) -> str:
        return self.declared.slug

    @property
    def key(self) -> tuple[str, ...]:
        return self.declared.key

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The fields of the columns, by their names."""
        return {column.name: self.model._meta.get_field(column.name) for column in self.columns}

    @cached_property
    def shape(self) -> Shape:
        named = {label: column.name for column in self.columns for label in self._names_of(column)}
        codes = frozenset(heading_key(name) for column in self.columns for name in column.codes)
        return Shape(self.columns, self.key, named, codes)

    def _names_of(self, column: Column) -> tuple[str, ...]:
        """Under which a column is known: its label and the name of its field in every language, and what it is also
        called. The list that the site itself exports names its columns by their fields."""
        field = self.fields[column.name]
        said = (
            *in_every_language(column.label),
            *in_every_language(field.verbose_name),
            *column.also,
            *column.codes,
        )
        return tuple(heading_key(name) for name in said)

    def known(self, keys: Iterable[Key], *, actor: Actor, locked: bool = False) -> tuple[Known, set[Key]]:
        """What is there under these keys, and which of them more than one row has."""
        wanted = set(keys)
        columns = {
            f"{self.fields[name].attname}__in": {key[place] for key in wanted}
            for place, name in enumerate(self.key)
        }
        there: QuerySet[Any] = self.model._default_manager.filter(**columns).order_by("pk")  # noqa: SLF001
        there = self.declared.seen(there, actor)
        rows = there.select_for_update() if locked else there.select_related(*self.declared.related)
        by_key: Known = {}
        doubles: set[Key] = set()
        for item in rows:
            key = tuple(self.plain(name, item) for name in self.key)
            if key in by_key:
                doubles.add(key)
            by_key[key] = item
        return {key: item for key, item in by_key.items() if key in wanted}, doubles

    def typed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values as the fields hold them, from what JSON keeps."""
        return {name: self.fields[name].to_python(value) for name, value in values.items()}

    def plain(self, name: str, item: Any) -> Any:
        """The value of a field of `item`, as JSON keeps it."""
        return plain(getattr(item, self.fields[name].attname))

    def differences(self, there: Any, values: dict[str, Any]) -> dict[str, Any]:
        """Cells that say something other than what is there; an empty cell says nothing."""
        typed = self.typed({name: value for name, value in values.items() if name not in self.key})
        return {
            name: plain(value)
            for name, value in typed.items()
            if getattr(there, self.fields[name].attname) != value
        }


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_lists: dict[str, Listed] = {}


def lists() -> tuple[Listed, ...]:
    return tuple(_lists.values())


def is_known(slug: str) -> bool:
    return slug in _lists


def list_of(slug: str) -> Listed:
    """Raises a Refusal for a list that no module declares, such as one of a module that is no longer installed."""
    if slug not in _lists:
        raise Refusal(
            _("Lists of the kind “%(slug)s” are not imported here.") % {"slug": slug},
            remedy=_("The file and what was imported stay as they are."),
        )
    return _lists[slug]


def list_choices() -> list[tuple[str, str]]:
    return [(listed.slug, listed.title) for listed in _lists.values()]


def keep(listed: Listed) -> None:
    _lists[listed.slug] = listed
