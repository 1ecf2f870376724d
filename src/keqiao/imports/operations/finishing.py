"""The last step of an import: what was made ready is written, in one transaction."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.imports.lists import Listed
from keqiao.imports.models import Import, ImportedRow, StagedRow
from keqiao.imports.operations.checking import name_of
from keqiao.imports.operations.judging import BATCH
from keqiao.imports.operations.laying import copy_laid, is_laid
from keqiao.imports.permissions import of_list
from keqiao.imports.states import ImportState
from keqiao.imports.writing import Ready
from keqiao.kernel.platform import search
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import Conflict
from keqiao.kernel.steps.operation import Operation


def finish_step(listed: Listed) -> Operation:
    """A step of its own for each list, so that the record says what was written."""
    return Operation(
        name=name_of("finish", listed.slug),
        handler=_finish(listed),
        model=Import,
        subject="source",
        clause=listed.declared.clause,
        label=format_lazy(_("Import applied: {}"), listed.model._meta.verbose_name_plural),
        permission=listed.declared.permission & of_list(listed.slug),
        params=(),
        when=(str(ImportState.QUEUED),),
        then=(str(ImportState.APPLIED),),
        table=Import.states,
        exposed=False,
    )


def _finish(listed: Listed) -> Callable[..., Import]:
    def finish(*, source: Import, actor: Actor) -> Import:
        """Whole or not at all. Raises Conflict when a row is no longer as it was made ready."""
        source.new = _copy(source, listed)
        source.changed = 0
        for batch in _batches(source):
            there = _held(listed, batch, actor)
            _add(source, listed, [row for row in batch if row.object_id is None], actor)
            _change(source, listed, [(row, there[tuple(row.key)]) for row in batch if row.object_id], actor)
        source.unchanged = source.rows - source.new - source.changed - source.wrong
        source.done, source.holder = source.rows, ""
        source.save()
        return source

    return finish


def _copy(source: Import, listed: Listed) -> int:
    """Write the rows that were laid. A row that came in between has the key of one of them."""
    if not is_laid(listed):
        return 0
    try:
        return copy_laid(source)
    except IntegrityError:
        for batch in _in_batches(source.staged.filter(new_id__isnull=False)):
            _held(listed, batch, SYSTEM)
        raise  # no key is taken: it is something else


def _batches(source: Import) -> Iterator[list[StagedRow]]:
    return _in_batches(source.staged.filter(new_id__isnull=True))


def _in_batches(staged: "QuerySet[StagedRow]") -> Iterator[list[StagedRow]]:
    rows = staged.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _held(listed: Listed, batch: list[StagedRow], actor: Actor) -> dict[tuple[Any, ...], Any]:
    """What is there now under these keys; nobody changes it before this transaction ends."""
    there, doubles = listed.known((tuple(row.key) for row in batch), actor=actor, locked=True)
    for row in batch:
        key = tuple(row.key)
        if key in doubles or not _is_as_made_ready(listed, row, there.get(key), actor):
            raise Conflict(
                _now("“%(row)s” changed while the list was applied.") % {"row": row},
                remedy=_now("Apply the list again; nothing was written."),
            )
    return there


def _is_as_made_ready(listed: Listed, row: StagedRow, there: Any, actor: Actor) -> bool:
    if there is None or row.object_id is None:
        return there is None and row.object_id is None
    return (there.pk, there.version) == (row.object_id, row.version) and not listed.writer.may_change(
        actor, there
    )


def _add(source: Import, listed: Listed, rows: list[StagedRow], actor: Actor) -> None:
    ready = [Ready(listed.typed(row.values), words=row.words) for row in rows]
    added = listed.writer.add(ready, actor)
    _remember(source, added, [None] * len(added), {})
    source.new += len(added)


def _change(source: Import, listed: Listed, rows: list[tuple[StagedRow, Any]], actor: Actor) -> None:
    before = [{name: listed.plain(name, there) for name in row.values} for row, there in rows]
    ready = [Ready(listed.typed(row.values), there, row.words) for row, there in rows]
    words = search.kept_words(listed.model, [there.pk for _row, there in rows])
    changed = listed.writer.change(ready, actor)
    _remember(source, changed, before, words)
    source.changed += len(changed)


def _remember(source: Import, items: list[Any], before: list[Any], words: dict[int, str]) -> None:
    ImportedRow.objects.bulk_create(
        ImportedRow(
            source=source,
            object_id=item.pk,
            before=values,
            words=words.get(item.pk, ""),
            version_after=item.version,
        )
        for item, values in zip(items, before, strict=True)
    )
