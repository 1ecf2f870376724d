"""New rows of a long list are laid ready whole: number, columns, words, and what undo needs. The last step copies them within
the database, in one statement, so that a hundred thousand appear at once and nobody waits long. Until then they are
nowhere: words and memories of numbers that no row has yet are found by nobody.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from keqiao.imports.bulk import Bulk
from keqiao.imports.lists import Listed, is_known, list_of
from keqiao.imports.models import Import, ImportedRow, StagedRow
from keqiao.imports.operations.judging import BATCH
from keqiao.imports.states import ImportState
from keqiao.imports.writing import Ready
from keqiao.kernel.platform import search
from keqiao.kernel.platform.actors import Actor

STAGED = StagedRow._meta.db_table


def is_laid(listed: Listed) -> bool:
    """Whether new rows are copied: where many are written at once, and the database itself refuses a second row of a key."""
    return isinstance(listed.writer, Bulk) and has_unique_key(listed.model, listed.key)


def has_unique_key(model: type[Model], key: tuple[str, ...]) -> bool:
    """Alone, or with what the model itself numbers."""
    alone = len(key) == 1 and getattr(model._meta.get_field(key[0]), "unique", False)
    numbered = {field.name for field in model._meta.fields if not field.editable and field.has_default()}
    return alone or any(
        set(key) <= set(constraint.fields) <= {*key, *numbered} and constraint.condition is None
        for constraint in model._meta.total_unique_constraints
    )


def lay(source: Import, rows: Iterable[StagedRow], actor: Actor) -> None:
    """In the transaction that keeps the rows: those that are new get their number and all that belongs to it."""
    listed = source.listed
    new = [row for row in rows if row.object_id is None]
    if not new or not is_laid(listed):
        return
    writer = listed.writer
    assert isinstance(writer, Bulk)
    ready = [Ready(listed.typed(row.values), words=row.words) for row in new]
    items = writer.fresh(ready, actor)
    for row, item, number in zip(new, items, _numbers(listed.model, len(new)), strict=True):
        item.pk = row.new_id = number
        row.laid = _columns_of(item)
    writer.index(items, ready)
    ImportedRow.objects.bulk_create(
        ImportedRow(source=source, object_id=item.pk, version_after=item.version) for item in items
    )


def copy_laid(source: Import) -> int:
    """Write the rows that were laid, all in one statement; how many. Raises IntegrityError where one of them can't stand."""
    model = source.listed.model
    names = [connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields]
    values = [_taken_out(place, field) for place, field in enumerate(model._meta.concrete_fields)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)})"  # noqa: S608 - our own names
            f" SELECT {', '.join(values)} FROM {STAGED} WHERE source_id = %s AND new_id IS NOT NULL ORDER BY id",
            [source.pk],
        )
        return int(cursor.rowcount)


def tidy(*, pk: int) -> None:
    """Remove what was made ready, piece by piece, once nobody is to write it; of a list not applied all that was laid."""
    while _tidy_piece(pk):
        pass


def clear(*, pk: int) -> None:
    """The same for whoever takes over an import that is still to be applied."""
    while _tidy_piece(pk, of_dead=True):
        pass


@transaction.atomic
def _tidy_piece(pk: int, *, of_dead: bool = False) -> bool:
    source = Import.objects.select_for_update().get(pk=pk)
    if source.state == ImportState.QUEUED and not of_dead:
        return False
    rows = list(StagedRow.objects.filter(source=source).order_by("pk")[:BATCH])
    if source.state not in {ImportState.APPLIED, ImportState.UNDONE}:
        numbers = [row.new_id for row in rows if row.new_id is not None]
        ImportedRow.objects.filter(source=source, object_id__in=numbers).delete()
        if is_known(source.list_slug):
            search.forget_many(list_of(source.list_slug).model, numbers)
    StagedRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)


def _numbers(model: type[Model], count: int) -> list[int]:
    """Numbers that no other row will get."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), model._meta.pk.column, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:  # the table never had a row
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = int(cursor.fetchone()[0])
    return list(range(last - count + 1, last + 1))


def _columns_of(item: Model) -> list[Any]:
    """As the database takes them, in the order of the fields."""
    return [
        _plain(field.get_db_prep_save(field.pre_save(item, add=True), connection))
        for field in item._meta.concrete_fields
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def _taken_out(place: int, field: Any) -> str:
    if connection.vendor == "postgresql":
        return f"(laid ->> {place})::{field.rel_db_type(connection) if field.primary_key else field.db_type(connection)}"
    return f"json_extract(laid, '$[{place}]')"
