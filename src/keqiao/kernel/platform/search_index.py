"""How the words of the search are looked up: in an FTS5 table on SQLite, in a tsvector on PostgreSQL.

The number of an indexed row says its kind and its object, so that the newest of a kind are its highest numbers: both
databases are walked from there and stop when there are enough. A frequent word, which most rows have, costs no more
than a rare one (decision 0085).
"""

from collections.abc import Iterable
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model

Groups = list[
    list[list[str]]
]  # all must match; a group matches one way or another; a way needs all its words
Newest = dict[int, list[int]]  # by kind, the numbers of objects, newest first
SHIFT = 40  # bits for the number of the object
OBJECTS = 1 << SHIFT


def kind_of(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk


def first_id(model: type[Model]) -> int:
    return kind_of(model) << SHIFT


def document_id(item: Model) -> int:
    return first_id(type(item)) + int(item.pk)


class Index(Protocol):
    def newest(self, groups: Groups, most: int) -> Newest:
        """Of each kind that has any, the newest objects that match, at most `most`."""

    def all_of(self, kind: int, groups: Groups) -> tuple[str, list[object]]:
        """A query, with its values, of the numbers of all objects of a kind that match."""


def index() -> Index:
    return _SQLite() if connection.vendor == "sqlite" else _Postgres()


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _range(kind: int) -> list[Any]:
    return [kind << SHIFT, (kind + 1) << SHIFT]


def _object(document: int) -> int:
    return document % OBJECTS


class _SQLite:
    """The table has an index of all beginnings of two to four characters, so that a word asked for is one of its entries
    and its rows come in order, without the rest being looked at."""

    def newest(self, groups: Groups, most: int) -> Newest:
        found: Newest = {}
        below = (1 << 63) - 1
        while rows := _rows(
            "SELECT rowid FROM kernel_search_fts WHERE kernel_search_fts MATCH %s AND rowid < %s"
            " ORDER BY rowid DESC LIMIT %s",
            [self._match(groups), below, most],
        ):
            kinds = _by_kind(number for (number,) in rows)
            if len(rows) < most:
                return {**found, **kinds}
            newest = max(kinds)
            found[newest] = kinds[newest]
            below = newest << SHIFT
        return found

    def all_of(self, kind: int, groups: Groups) -> tuple[str, list[object]]:
        sql = "SELECT rowid - %s FROM kernel_search_fts WHERE kernel_search_fts MATCH %s AND rowid >= %s AND rowid < %s"
        return sql, [kind << SHIFT, self._match(groups), *_range(kind)]

    def _match(self, groups: Groups) -> str:
        return " AND ".join(
            "(" + " OR ".join("(" + " AND ".join(f'"{word}"*' for word in way) + ")" for way in ways) + ")"
            for ways in groups
        )


class _Postgres:
    """An index of words collects every row of every word before it answers, so frequent words are not asked of it: the
    newest rows are walked through instead, and where a word is rare the others are only checked."""

    WINDOW = 5_000  # newest rows of a kind that are walked through
    MANY = 5_000  # rows; a word that more have isn't rare, whatever the database knows of it
    RARE = 0.005  # of all rows

    def newest(self, groups: Groups, most: int) -> Newest:
        rare = self._rare(groups)
        found = self._looked_up(rare, groups, most, at_most=self.MANY) if rare else None
        if found is not None:
            return found
        walked, unsure = self._walked(groups, most)
        older = self._looked_up(groups, groups, most, kinds=unsure) if unsure else None
        return {**walked, **(older or {})}

    def all_of(self, kind: int, groups: Groups) -> tuple[str, list[object]]:
        sql = "SELECT id - %s FROM kernel_searchdocument WHERE words @@ to_tsquery('simple', %s) AND id >= %s AND id < %s"
        return sql, [kind << SHIFT, self._match(groups), *_range(kind)]

    def _rare(self, groups: Groups) -> Groups:
        """The groups that few rows match, as far as the database knows its words: the beginnings of its most frequent ones
        are not among them."""
        frequent = _rows(
            "SELECT word, share FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs)"
            " AS common(word, share) WHERE schemaname = current_schema() AND tablename = 'kernel_searchdocument'"
            " AND attname = 'words' AND word IS NOT NULL AND share >= %s",
            [self.RARE],
        )
        common = [word for word, _share in frequent]
        return [
            ways
            for ways in groups
            if all(any(not _begins_any(asked, common) for asked in way) for way in ways)
        ]

    def _looked_up(
        self,
        by: Groups,
        groups: Groups,
        most: int,
        *,
        at_most: int | None = None,
        kinds: list[int] | None = None,
    ) -> Newest | None:
        """Looked up by some of the groups, checked by all; None where more than `at_most` match those some. MATERIALIZED: or
        else the rows might be walked in order."""
        [(count, ids)] = _rows(
            "WITH those AS MATERIALIZED (SELECT id, words FROM kernel_searchdocument"
            " WHERE words @@ to_tsquery('simple', %s) LIMIT %s), ranked AS (SELECT id,"
            " row_number() OVER (PARTITION BY id >> %s ORDER BY id DESC) AS place FROM those"
            " WHERE words @@ to_tsquery('simple', %s) AND (%s OR id >> %s = ANY(%s)))"
            " SELECT (SELECT count(*) FROM those),"
            " (SELECT array_agg(id ORDER BY id DESC) FROM ranked WHERE place <= %s)",
            [
                self._match(by),
                None if at_most is None else at_most + 1,
                SHIFT,
                self._match(groups),
                kinds is None,
                SHIFT,
                kinds or [],
                most,
            ],
        )
        return None if at_most is not None and count > at_most else _by_kind(ids or [])

    def _walked(self, groups: Groups, most: int) -> tuple[Newest, list[int]]:
        """What the newest rows of each kind give; and the kinds of which older ones must be looked at, too."""
        found: Newest = {}
        unsure: list[int] = []
        for kind in self._kinds():
            rows = _rows(
                "SELECT (array_agg(id ORDER BY id DESC) FILTER (WHERE words @@ to_tsquery('simple', %s)))"
                "[1:%s], count(*) FROM (SELECT id, words FROM kernel_searchdocument WHERE id >= %s AND id < %s"
                " ORDER BY id DESC LIMIT %s) AS latest",
                [self._match(groups), most, *_range(kind), self.WINDOW],
            )
            [(ids, looked_at)] = rows
            if ids:
                found[kind] = [_object(number) for number in ids]
            if len(ids or ()) < most and looked_at == self.WINDOW:
                unsure.append(kind)
        return found, unsure

    def _kinds(self) -> list[int]:
        """Of which anything is indexed: one look each, from the highest number down."""
        rows = _rows(
            "WITH RECURSIVE kinds(kind) AS ((SELECT id >> %s FROM kernel_searchdocument ORDER BY id DESC LIMIT 1)"
            " UNION ALL SELECT (SELECT id >> %s FROM kernel_searchdocument WHERE id < kind << %s"
            " ORDER BY id DESC LIMIT 1) FROM kinds WHERE kind IS NOT NULL) SELECT kind FROM kinds"
            " WHERE kind IS NOT NULL",
            [SHIFT, SHIFT, SHIFT],
        )
        return [kind for (kind,) in rows]

    def _match(self, groups: Groups) -> str:
        return " & ".join(
            "(" + " | ".join("(" + " & ".join(f"'{word}':*" for word in way) + ")" for way in ways) + ")"
            for ways in groups
        )


def _begins_any(asked: str, words: list[str]) -> bool:
    return any(word.startswith(asked) for word in words)


def _by_kind(documents: Iterable[int]) -> Newest:
    found: Newest = {}
    for number in documents:
        found.setdefault(number >> SHIFT, []).append(_object(number))
    return found
