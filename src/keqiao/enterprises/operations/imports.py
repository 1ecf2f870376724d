"""A list of enterprises: checked without writing, applied as a whole by a job, stopped or undone as a whole."""

from itertools import islice
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_service_staff
from keqiao.enterprises.importing import Checked
from keqiao.enterprises.models import Enterprise, Import, ImportedRow
from keqiao.enterprises.operations.judging import (
    BATCH,
    WRITTEN,
    Known,
    batches,
    change,
    differences,
    opened,
)
from keqiao.enterprises.relations import used
from keqiao.enterprises.states import ImportState
from keqiao.kernel.files import filetypes, vault
from keqiao.kernel.platform import policy, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.platform.outbox import enqueue
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt, Upload

TOPIC = "import"
KEPT = 500  # of the errors and of the notes; the first ones tell what is wrong with a file
HELP = _("The first row names the columns; a template lies on the page of imports. Nothing is written yet.")


@operation(clause="6.5", on=Import, permission=is_service_staff, label=_("Import enterprises"))
def check_import(
    *, actor: Actor, file: Annotated[Upload, Prompt(label=_("Excel or CSV file"), help=HELP)]
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
    made = Import(name=blob.name, blob=blob, made_by_id=actor.pk)
    with opened(made) as rows:
        made.unknown_columns = "、".join(rows.header.unknown)[:400]
        for batch, known in batches(rows, actor):
            _tally(made, batch, known)
            _note_doubles(made, batch, known, actor)
    made.save()
    return made


def _tally(made: Import, batch: list[Checked], known: Known) -> None:
    for row in batch:
        made.rows += 1
        there = known.get(row.values.get("uscc", ""))
        if row.errors:
            made.wrong += 1
            made.errors_found += len(row.errors)
            made.errors += [[row.number, *error] for error in row.errors][: KEPT - len(made.errors)]
        elif there is None:
            made.new += 1
        elif differences(there, row.values):
            made.changed += 1
        else:
            made.unchanged += 1


def _note_doubles(made: Import, batch: list[Checked], known: Known, actor: Actor) -> None:
    """A new code under a name that is there already: perhaps the same enterprise with a code mistyped before."""
    fresh = {row.values["name"]: row for row in batch if not row.errors and row.values["uscc"] not in known}
    twins = list(policy.visible(Enterprise, actor).filter(name__in=fresh).order_by("pk"))
    made.notes_found += len(twins)
    for twin in twins[: KEPT - len(made.notes)]:
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
    then=ImportState.QUEUED,
    permission=is_service_staff,
    label=_("Apply import"),
    guard=nothing_wrong,
    primary=True,
)
def import_enterprises(*, source: Import, actor: Actor) -> Import:
    """Ask the worker to write what the dry run showed, whole or not at all, in the name of who asks."""
    source.asked_by_id = actor.pk
    source.done, source.problem, source.holder, source.beat_at = 0, "", "", None
    source.save()
    enqueue(topic=TOPIC, payload={"import": source.pk}, key=f"{source.pk}-{source.version}")
    return source


@operation(
    clause="6.5",
    on=Import,
    when=ImportState.QUEUED,
    then=ImportState.CHECKED,
    permission=is_service_staff,
    label=_("Stop the import"),
    danger=_("Nothing is written. The list stays and can be applied again."),
)
def stop_import(*, source: Import, actor: Actor) -> Import:
    """From now on the job finds that it no longer holds the import; what it made ready is thrown away."""
    del actor
    return _let_go(source, _now("Stopped."))


@operation(
    clause="6.5",
    on=Import,
    when=ImportState.QUEUED,
    then=ImportState.CHECKED,
    permission=policy.by_system,
    label=_("Import given up"),
    exposed=False,
)
def give_up_import(
    *, source: Import, actor: Actor, reason: Annotated[str, Prompt(label=_("Reason"), max_length=2000)]
) -> Import:
    """The job met what forbids to write: a right was taken back, or a row changed since the check."""
    del actor
    return _let_go(source, reason)


def _let_go(source: Import, problem: str) -> Import:
    source.staged.all().delete()
    source.problem, source.holder = problem, ""
    source.save()
    return source


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
    permission=is_service_staff,
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
        change(row.enterprise, row.before or {})
    there = [row.enterprise for row in rows]
    Enterprise.objects.bulk_update(there, WRITTEN)
    search.rebuild(there)
