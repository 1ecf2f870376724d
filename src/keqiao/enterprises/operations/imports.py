"""A list of enterprises: checked without writing, applied as a whole, undone as a whole."""

import io
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_staff
from keqiao.enterprises.importing import Checked, Rows
from keqiao.enterprises.models import Enterprise, Import, ImportedRow
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.relations import used
from keqiao.enterprises.sheets import rows_of
from keqiao.enterprises.states import ImportState
from keqiao.kernel import clock, filetypes, policy, search, vault
from keqiao.kernel import operation as steps
from keqiao.kernel.actors import Actor
from keqiao.kernel.errors import Invalid, Missing
from keqiao.kernel.levels import Level
from keqiao.kernel.operation import operation
from keqiao.kernel.params import Ask, Upload

BATCH = 1000
KEPT = 500  # of the errors and of the notes; the first ones tell what is wrong with a file
FIELDS = ("name", "region", "industry", "size", "registered_on", "address", "representative")
WRITTEN = (*FIELDS, "version", "updated_at")
HELP = _("The first row names the columns; a template lies on the page of imports. Nothing is written yet.")
Known = dict[str, Enterprise]


@operation(clause="6.5", on=Import, may=is_staff, label=_("Import enterprises"))
def check_import(
    *, actor: Actor, file: Annotated[Upload, Ask(label=_("Excel or CSV file"), help=HELP)]
) -> Import:
    """The dry run: what would be new, changed or unchanged, and each cell that is wrong."""
    blob = vault.store(
        file=file,
        name=file.name or "",
        enterprise_id=None,
        level=Level.INTERNAL,
        actor_id=actor.pk,
        kinds=filetypes.TABLES,
    )
    steps.touch_file(blob.sha256)
    made = Import(name=blob.name, blob=blob, made_by_id=actor.pk)
    rows = _rows(made)
    made.unknown_columns = "、".join(rows.header.unknown)[:400]
    for batch, known in _batches(rows, actor):
        _tally(made, batch, known)
        _note_doubles(made, batch, known, actor)
    made.save()
    return made


def _rows(source: Import) -> Rows:
    """From memory, never from a temporary file: it would lie there in the clear. The vault bounds the size."""
    with vault.open_blob(source.blob) as content:
        return Rows(rows_of(io.BytesIO(content.read())))


def _batches(rows: Rows, actor: Actor) -> Iterator[tuple[list[Checked], Known]]:
    """Rows by the thousand, judged against what is there; those rows are held until the transaction ends."""
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        codes = [row.values["uscc"] for row in batch if "uscc" in row.values]
        there = Enterprise.objects.filter(uscc__in=codes).order_by("pk").select_for_update(of=("self",))
        known = {one.uscc: one for one in there.select_related("merged_into")}
        for row in batch:
            _judge(row, known.get(row.values.get("uscc", "")), actor)
        yield batch, known


def _judge(row: Checked, there: Enterprise | None, actor: Actor) -> None:
    if there is None:
        return
    if there.merged_into is not None:
        row.refuse(
            "uscc",
            there.uscc,
            _now("This record was merged into “%(name)s”; use its code.") % {"name": there.merged_into.name},
        )
    elif there.level > actor.clearance or (
        _differences(there, row.values) and not is_responsible(actor, there)
    ):
        row.refuse("uscc", there.uscc, str(is_responsible.reason))


def _differences(there: Enterprise, values: dict[str, str]) -> dict[str, Any]:
    """Cells that say something other than what is there; an empty cell says nothing."""
    given = {name: _value(name, text) for name, text in values.items() if name in FIELDS}
    return {name: value for name, value in given.items() if getattr(there, name) != value}


def _value(name: str, given: Any) -> Any:
    return date.fromisoformat(given) if name == "registered_on" and isinstance(given, str) else given


def _tally(made: Import, batch: list[Checked], known: Known) -> None:
    for row in batch:
        made.rows += 1
        there = known.get(row.values.get("uscc", ""))
        if row.errors:
            made.wrong += 1
            made.errors += [[row.number, *error] for error in row.errors][: KEPT - len(made.errors)]
        elif there is None:
            made.new += 1
        elif _differences(there, row.values):
            made.changed += 1
        else:
            made.unchanged += 1


def _note_doubles(made: Import, batch: list[Checked], known: Known, actor: Actor) -> None:
    """A new code under a name that is there already: perhaps the same enterprise with a code mistyped before."""
    fresh = {row.values["name"]: row for row in batch if not row.errors and row.values["uscc"] not in known}
    for twin in (
        policy.visible(Enterprise, actor).filter(name__in=fresh).order_by("pk")[: KEPT - len(made.notes)]
    ):
        row = fresh[twin.name]
        text = _now("An enterprise of this name has the code %(code)s; look whether it is the same.") % {
            "code": twin.uscc
        }
        made.notes.append([row.number, row.labels["name"], twin.name, text])


def nothing_wrong(source: Import) -> list[Missing]:
    if source.wrong:
        text = _("%(n)s rows have errors.") % {"n": source.wrong}
        return [Missing(text, "4.1.4", _("Correct the file and import it again."))]
    if not source.rows:
        return [Missing(_("The list has no rows."), "4.1.4", _("Fill in the file and import it again."))]
    return []


@operation(
    clause="6.5",
    on=Import,
    when=ImportState.CHECKED,
    then=ImportState.APPLIED,
    may=is_staff,
    label=_("Apply import"),
    guard=nothing_wrong,
    primary=True,
)
def import_enterprises(*, source: Import, actor: Actor) -> Import:
    """Write what the dry run showed, whole or not at all; matched by credit code. A second run changes nothing."""
    source.new = source.changed = source.unchanged = 0
    for batch, known in _batches(_rows(source), actor):
        _refuse_wrong(batch)
        _apply(source, batch, known, actor)
    source.save()
    return source


def _refuse_wrong(batch: list[Checked]) -> None:
    """What was right at the dry run need not be right now. The whole import is taken back."""
    for row in batch:
        for column, value, text in row.errors:
            where = {"row": row.number, "column": column, "value": value, "text": text}
            raise Invalid(
                _("Row %(row)s, %(column)s, “%(value)s”: %(text)s") % where,
                remedy=_("Something changed after the check. Import the file again; nothing was written."),
            )


def _apply(source: Import, batch: list[Checked], known: Known, actor: Actor) -> None:
    fresh = [row for row in batch if row.values["uscc"] not in known]
    made = Enterprise.objects.bulk_create(
        Enterprise(owner_id=actor.pk, **{name: _value(name, given) for name, given in row.values.items()})
        for row in fresh
    )
    changes = [
        ImportedRow(source=source, enterprise=one, before=None, version_after=one.version) for one in made
    ]
    touched = []
    for row in batch:
        there = known.get(row.values["uscc"])
        if there and (differences := _differences(there, row.values)):
            changes.append(_change(source, there, differences))
            touched.append(there)
    Enterprise.objects.bulk_update(touched, WRITTEN)
    ImportedRow.objects.bulk_create(changes)
    search.rebuild([*made, *touched])
    source.new += len(made)
    source.changed += len(touched)
    source.unchanged += len(batch) - len(made) - len(touched)


def _change(source: Import, there: Enterprise, values: dict[str, Any]) -> ImportedRow:
    before = {name: getattr(there, name) for name in values}
    _put(there, values)
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    return ImportedRow(source=source, enterprise=there, before=kept, version_after=there.version)


def _put(there: Enterprise, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(there, name, _value(name, value))
    there.version += 1
    there.updated_at = clock.now()


def still_as_imported(source: Import) -> list[Missing]:
    """What someone worked on since can't be taken back under their hands."""
    if source.state != ImportState.APPLIED:
        return []
    changed = source.changes.exclude(version_after=F("enterprise__version"))
    names = list(changed.values_list("enterprise__name", flat=True)[:5])
    in_use = used(source.changes.filter(before__isnull=True).values("enterprise_id")) if not names else set()
    names += Enterprise.objects.filter(pk__in=sorted(in_use)[:5]).values_list("name", flat=True)
    if not names:
        return []
    return [
        Missing(
            _("Changed or used since: %(names)s.") % {"names": "、".join(names)},
            "4.4.2",
            _("Change those by hand."),
        )
    ]


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
    rows = source.changes.order_by("pk").select_related("enterprise").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        _remove([row.enterprise for row in batch if row.before is None])
        _restore([row for row in batch if row.before is not None])
    return source


def _remove(added: list[Enterprise]) -> None:
    search.forget_many(Enterprise, [one.pk for one in added])
    Enterprise.objects.filter(pk__in=[one.pk for one in added]).delete()


def _restore(rows: list[ImportedRow]) -> None:
    for row in rows:
        _put(row.enterprise, row.before or {})
    there = [row.enterprise for row in rows]
    Enterprise.objects.bulk_update(there, WRITTEN)
    search.rebuild(there)
