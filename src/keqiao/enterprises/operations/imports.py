"""A list of enterprises: checked without writing, applied as a whole, undone as a whole."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_staff
from keqiao.enterprises.importing import Checked, checked_rows, header_of
from keqiao.enterprises.models import Enterprise, Import, ImportedRow
from keqiao.enterprises.sheets import rows_of
from keqiao.enterprises.states import ImportState
from keqiao.kernel import operation as steps
from keqiao.kernel import search, vault
from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Missing
from keqiao.kernel.levels import Level
from keqiao.kernel.operation import operation
from keqiao.kernel.params import Ask, Upload

BATCH = 1000
ERRORS_KEPT = 500
FIELDS = ("name", "region", "industry", "size", "registered_on", "address", "representative")


@operation(clause="6.5", on=Import, may=is_staff, label=_("Import enterprises"))
def check_import(*, actor: Actor, file: Annotated[Upload, Ask(label=_("Excel or CSV file"), help=_("The first row names the columns. Nothing is written yet."))]) -> Import:
    """The dry run: what would be new, changed or unchanged, and each cell that is wrong."""
    blob = vault.store(file=file, name=file.name or "", enterprise_id=None, level=Level.INTERNAL, actor_id=actor.pk)
    steps.touch_file(blob.sha256)
    made = Import(name=blob.name, blob=blob, made_by_id=actor.pk)
    made.unknown_columns = "、".join(header_of(next(rows_of(_content(made)), [])).unknown)[:400]
    for batch in _batches(made):
        _tally(made, batch)
    made.save()
    return made


def _batches(source: Import) -> Iterator[list[Checked]]:
    rows = checked_rows(rows_of(_content(source)))
    while batch := list(islice(rows, BATCH)):
        yield batch


def _content(source: Import) -> io.BytesIO:
    """In memory, never in a temporary file: it would lie there in the clear. The vault bounds its size."""
    with vault.open_blob(source.blob) as content:
        return io.BytesIO(content.read())


def _tally(made: Import, batch: list[Checked]) -> None:
    known = _known(batch)
    for row in batch:
        made.rows += 1
        if row.errors:
            made.wrong += 1
            made.errors += [[row.number, *error] for error in row.errors][: ERRORS_KEPT - len(made.errors)]
        elif (there := known.get(row.values["uscc"])) is None:
            made.new += 1
        elif _differences(there, row.values):
            made.changed += 1
        else:
            made.unchanged += 1


def _known(batch: Iterable[Checked]) -> dict[str, Enterprise]:
    codes = [row.values["uscc"] for row in batch if "uscc" in row.values]
    return {one.uscc: one for one in Enterprise.objects.filter(uscc__in=codes)}


def _value(name: str, given: Any) -> Any:
    return date.fromisoformat(given) if name == "registered_on" and isinstance(given, str) else given


def _differences(there: Enterprise, values: dict[str, Any]) -> dict[str, Any]:
    """Cells that say something other than what is there; an empty cell says nothing."""
    return {name: _value(name, given) for name, given in values.items() if name in FIELDS and getattr(there, name) != _value(name, given)}


def nothing_wrong(source: Import) -> list[Missing]:
    if source.wrong:
        return [Missing(_("%(n)s rows have errors.") % {"n": source.wrong}, "4.1.4", _("Correct the file and import it again."))]
    return []


@operation(
    clause="6.5", on=Import, when=ImportState.CHECKED, then=ImportState.APPLIED, may=is_staff, label=_("Apply import"), guard=nothing_wrong, primary=True
)
def import_enterprises(*, source: Import, actor: Actor) -> Import:
    """Write what the dry run showed, whole or not at all; matched by credit code. A second run changes nothing."""
    source.new = source.changed = source.unchanged = 0
    for batch in _batches(source):
        _apply(source, batch, actor)
    source.save()
    return source


def _apply(source: Import, batch: list[Checked], actor: Actor) -> None:
    known = _known(batch)
    fresh = [row for row in batch if row.values["uscc"] not in known]
    made = Enterprise.objects.bulk_create(
        Enterprise(owner_id=actor.pk, **{name: _value(name, given) for name, given in row.values.items()}) for row in fresh
    )
    changes = [ImportedRow(source=source, enterprise=one, before=None, version_after=one.version) for one in made]
    touched = list(made)
    for row in batch:
        there = known.get(row.values["uscc"])
        differences = _differences(there, row.values) if there else {}
        if there and differences:
            changes.append(_change(source, there, differences))
            touched.append(there)
    ImportedRow.objects.bulk_create(changes)
    search.rebuild(touched)
    source.new += len(made)
    source.changed += len(touched) - len(made)
    source.unchanged += len(batch) - len(touched)


def _change(source: Import, there: Enterprise, differences: dict[str, Any]) -> ImportedRow:
    before = {name: _plain(getattr(there, name)) for name in differences}
    for name, value in differences.items():
        setattr(there, name, value)
    there.version += 1
    there.save()
    return ImportedRow(source=source, enterprise=there, before=before, version_after=there.version)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def still_as_imported(source: Import) -> list[Missing]:
    """What someone worked on since can't be taken back under their hands."""
    rows = source.changes.select_related("enterprise")
    touched = [row.enterprise.name for row in rows.iterator(chunk_size=BATCH) if row.enterprise.version != row.version_after]
    used = list(source.changes.filter(before=None, enterprise__engagements__isnull=False).values_list("enterprise__name", flat=True)[:5])
    names = [*touched[:5], *used]
    if not names:
        return []
    return [Missing(_("Changed or used since: %(names)s.") % {"names": "、".join(names)}, "4.4.2", _("Change those by hand."))]


@operation(
    clause="6.5",
    on=Import,
    when=ImportState.APPLIED,
    then=ImportState.UNDONE,
    may=is_staff,
    label=_("Undo import"),
    guard=still_as_imported,
    danger=_("Enterprises this import added are removed, changed ones get their former values back."),
)
def undo_import(*, source: Import, actor: Actor) -> Import:
    del actor
    for row in source.changes.select_related("enterprise").iterator(chunk_size=BATCH):
        if row.before is None:
            search.forget(row.enterprise)
            row.enterprise.delete()
        else:
            _restore(row.enterprise, row.before)
    return source


def _restore(there: Enterprise, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(there, name, _value(name, value) if value is not None else None)
    there.version += 1
    there.save()
    search.refresh(there)
