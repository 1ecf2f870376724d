"""The last step of an import: what was made ready becomes enterprises, in one transaction."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_service_staff
from keqiao.enterprises.models import Enterprise, Import, ImportedRow, StagedRow
from keqiao.enterprises.operations.judging import BATCH, WRITTEN, Known, change, plain, typed
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.states import ImportState
from keqiao.kernel.platform import search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Conflict
from keqiao.kernel.steps.operation import operation


@operation(
    clause="6.5",
    on=Import,
    when=ImportState.QUEUED,
    then=ImportState.APPLIED,
    permission=is_service_staff,
    label=_("Import applied"),
    exposed=False,
)
def finish_import(*, source: Import, actor: Actor) -> Import:
    """Whole or not at all, matched by credit code. Raises Conflict when a row is no longer as it was made ready."""
    source.new = source.changed = 0
    for batch in _batches(source):
        known = _held(batch)
        for row in batch:
            _refuse_stale(row, known.get(row.uscc), actor)
        _add(source, [row for row in batch if row.enterprise_id is None], actor)
        _change(source, [(row, known[row.uscc]) for row in batch if row.enterprise_id is not None])
    source.unchanged = source.rows - source.new - source.changed
    source.done, source.holder = source.rows, ""
    source.save()
    source.staged.all().delete()
    return source


def _batches(source: Import) -> Iterator[list[StagedRow]]:
    rows = source.staged.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _held(batch: list[StagedRow]) -> Known:
    """What is there now under these codes; nobody changes it before this transaction ends."""
    there = Enterprise.objects.filter(uscc__in=[row.uscc for row in batch]).order_by("pk")
    return {one.uscc: one for one in there.select_for_update()}


def _refuse_stale(row: StagedRow, there: Enterprise | None, actor: Actor) -> None:
    if row.enterprise_id is None and there is None:
        return
    same = there is not None and (there.pk, there.version) == (row.enterprise_id, row.version)
    if not same or there is None or there.merged_into_id or not is_responsible(actor, there):
        raise Conflict(
            _now("The enterprise with the code %(code)s changed while the list was applied.")
            % {"code": row.uscc},
            remedy=_now("Apply the list again; nothing was written."),
        )


def _add(source: Import, rows: list[StagedRow], actor: Actor) -> None:
    made = Enterprise.objects.bulk_create(
        Enterprise(owner_id=actor.pk, **{name: typed(name, given) for name, given in row.values.items()})
        for row in rows
    )
    ImportedRow.objects.bulk_create(
        ImportedRow(source=source, enterprise=one, before=None, version_after=one.version) for one in made
    )
    search.put(Enterprise, ((one, one.name, row.words) for one, row in zip(made, rows, strict=True)))
    source.new += len(made)


def _change(source: Import, rows: list[tuple[StagedRow, Any]]) -> None:
    changes = []
    for row, there in rows:
        before = plain({name: getattr(there, name) for name in row.values})
        change(there, row.values)
        changes.append(
            ImportedRow(source=source, enterprise=there, before=before, version_after=there.version)
        )
    Enterprise.objects.bulk_update([there for _row, there in rows], WRITTEN)
    ImportedRow.objects.bulk_create(changes)
    search.put(Enterprise, ((there, there.name, row.words) for row, there in rows))
    source.changed += len(rows)
