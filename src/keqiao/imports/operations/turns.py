"""What a person does with a checked list: ask for its writing, stop it, take it back."""

from itertools import islice
from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.imports.lists import Listed, is_known
from keqiao.imports.models import Import, ImportedRow
from keqiao.imports.operations.checking import too_many
from keqiao.imports.operations.judging import BATCH
from keqiao.imports.permissions import has_errors, may_import
from keqiao.imports.states import ImportState
from keqiao.imports.writing import Ready, names
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.platform.outbox import enqueue
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.params import Prompt

TOPIC = "import"
CLAUSE = "6.5"  # of a list that no module declares any more


def clause_of(values: dict[str, Any]) -> str:
    source = values["source"]
    return source.listed.declared.clause if is_known(source.list_slug) else CLAUSE


def nothing_wrong(source: Import) -> list[Missing]:
    if source.wrong:
        text = _("%(n)s rows have errors.") % {"n": source.wrong}
        return [Missing(text, "4.1.4", _("Correct the file and import it again, or take the sound rows."))]
    return something_to_write(source)


def something_sound(source: Import) -> list[Missing]:
    if source.rows and not source.new + source.changed:
        return [
            Missing(
                _("No sound row would change anything."), "4.1.4", _("Correct the file and import it again.")
            )
        ]
    return something_to_write(source)


def something_to_write(source: Import) -> list[Missing]:
    if not source.rows:
        return [Missing(_("The list has no rows."), "4.1.4", _("Fill in the file and import it again."))]
    if text := too_many(source):
        return [Missing(text, remedy=_("Cut the file in parts and import them one after the other."))]
    return []


@operation(
    clause=CLAUSE,
    clause_of=clause_of,
    on=Import,
    when=ImportState.CHECKED,
    then=ImportState.QUEUED,
    permission=may_import,
    label=_("Apply import"),
    guard=nothing_wrong,
    primary=True,
)
def apply_import(*, source: Import, actor: Actor) -> Import:
    """Ask the worker to write what the dry run showed, whole or not at all, in the name of who asks."""
    return _queue(source, actor, sound_only=False)


@operation(
    clause=CLAUSE,
    clause_of=clause_of,
    on=Import,
    when=ImportState.CHECKED,
    then=ImportState.QUEUED,
    permission=may_import & has_errors,
    label=_("Take the sound rows"),
    guard=something_sound,
    danger=_(
        "The rows with errors stay out; they come back marked in a file of their own, to be corrected and imported."
    ),
)
def take_sound_rows(*, source: Import, actor: Actor) -> Import:
    """The same without the rows that have errors; all others are written, or none."""
    return _queue(source, actor, sound_only=True)


def _queue(source: Import, actor: Actor, *, sound_only: bool) -> Import:
    source.asked_by_id, source.sound_only = actor.pk, sound_only
    source.done, source.problem, source.holder, source.beat_at = 0, "", "", None
    source.save()
    enqueue(topic=TOPIC, payload={"import": source.pk}, key=f"{source.pk}-{source.version}")
    return source


@operation(
    clause=CLAUSE,
    clause_of=clause_of,
    on=Import,
    when=ImportState.QUEUED,
    then=ImportState.CHECKED,
    permission=may_import,
    label=_("Stop the import"),
    danger=_("Nothing is written. The list stays and can be applied again."),
)
def stop_import(*, source: Import, actor: Actor) -> Import:
    """From now on the job finds that it no longer holds the import, and throws away what it made ready."""
    del actor
    return _let_go(source, _now("Stopped."))


@operation(
    clause=CLAUSE,
    clause_of=clause_of,
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
    source.problem, source.holder = problem, ""
    source.save()
    return source


def still_as_imported(source: Import) -> list[Missing]:
    """What someone worked on since can't be taken back under their hands."""
    if source.state != ImportState.APPLIED:
        return []
    listed = source.listed
    rows = listed.model._default_manager  # noqa: SLF001
    same = rows.filter(pk=OuterRef("object_id"), version=OuterRef("version_after"))
    touched = source.changes.filter(~Exists(same)).values_list("object_id", flat=True)[:5]
    if numbers := list(touched):
        items = rows.in_bulk(numbers)
        text = _("Changed since: %(names)s.") % {"names": names(items.get(pk, f"#{pk}") for pk in numbers)}
        return [Missing(text, "4.4.2", _("Change those by hand."))]
    return listed.undoer.hindered(source.changes.filter(before__isnull=True).values("object_id"))


@operation(
    clause=CLAUSE,
    clause_of=clause_of,
    on=Import,
    when=ImportState.APPLIED,
    then=ImportState.UNDONE,
    permission=may_import,
    label=_("Undo import"),
    guard=still_as_imported,
    danger=_("What this import added is removed, what it changed gets its former values back."),
)
def undo_import(*, source: Import, actor: Actor) -> Import:
    rows = source.changes.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        _take_back(source.listed, batch, actor)
    return source


def _take_back(listed: Listed, batch: list[ImportedRow], actor: Actor) -> None:
    """A row that is gone takes along what was remembered of it."""
    items = listed.model._default_manager.in_bulk([row.object_id for row in batch])  # noqa: SLF001
    added = [row for row in batch if row.before is None]
    listed.undoer.remove([items[row.object_id] for row in added], actor)
    ImportedRow.objects.filter(pk__in=[row.pk for row in added]).delete()
    listed.undoer.restore(
        [
            Ready(listed.typed(row.before), items[row.object_id], row.words)
            for row in batch
            if row.before is not None
        ],
        actor,
    )
