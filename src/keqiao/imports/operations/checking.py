"""The dry run of a list: what would be new, changed or unchanged, and each cell that is wrong. Nothing is written."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.imports.lists import Known, Listed
from keqiao.imports.models import Import
from keqiao.imports.operations.judging import batches
from keqiao.imports.rows import Row, Rows
from keqiao.imports.sheets import rows_of
from keqiao.kernel.files import filetypes, vault
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps import ahead
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import Param, ParamKind, Prompt, Upload

FOUND = (
    "rows",
    "new",
    "changed",
    "unchanged",
    "wrong",
    "unknown_columns",
    "errors",
    "notes",
    "errors_found",
    "updates",
    "updates_found",
    "notes_found",
)
KEPT = 500  # of the errors and of the notes; the first ones tell what is wrong with a file
HELP = _("The first row names the columns, as in the template. Nothing is written yet.")


def check_step(listed: Listed) -> Operation:
    """The step that begins an import of this list: from it come its button, endpoint and command."""
    prompt = Prompt(label=_("Excel or CSV file"), help=_joined(HELP, listed.declared.help))
    return Operation(
        name=name_of("check", listed.slug),
        handler=_check(listed),
        model=Import,
        subject="",
        clause=listed.declared.clause,
        label=format_lazy(_("Import {}"), listed.model._meta.verbose_name_plural),
        permission=listed.declared.permission,
        params=(Param("file", ParamKind.FILE, Upload, prompt, required=True),),
        table=Import.states,
    )


def name_of(step: str, slug: str) -> str:
    return f"{step}_import_of_{slug.replace('-', '_')}"


def _joined(first: Text, second: Text) -> Text:
    return format_lazy("{} {}", first, second) if second else first


def _check(listed: Listed) -> Callable[..., Import]:
    def check(*, actor: Actor, file: Upload) -> Import:
        blob = vault.store(
            file=file,
            name=file.name or "",
            enterprise_id=None,
            level=Level.INTERNAL,
            actor_id=actor.pk,
            kinds=filetypes.TABLES,
        )
        # Read before the database is held: a long list takes long.
        fields = ahead.made((listed.slug, actor.pk, blob.sha256), lambda: _read(file, listed, actor))
        return Import.objects.create(
            list_slug=listed.slug, name=blob.name, blob=blob, made_by_id=actor.pk, **fields
        )

    return check


def _read(file: UploadedFile, listed: Listed, actor: Actor) -> dict[str, Any]:
    """What the dry run found, by the names of the fields."""
    file.seek(0)
    content = BytesIO(
        file.read()
    )  # of its own: whoever reads it through closes it, and the vault still needs the file
    rows, source = Rows(rows_of(content), shape=listed.shape, actor=actor), Import()
    source.unknown_columns = "、".join(rows.header.unknown)[:400]
    for batch, known in batches(rows, listed, actor):
        _count(source, batch, known, listed)
        _note(source, batch, known, listed, actor)
    source.notes_found += len(rows.left_out)
    source.notes = [*rows.left_out, *source.notes][:KEPT]
    return {name: getattr(source, name) for name in FOUND}


def _count(source: Import, batch: list[Row], known: Known, listed: Listed) -> None:
    for row in batch:
        source.rows += 1
        there = known.get(listed.shape.key_of(row) or ())
        if row.errors:
            source.wrong += 1
            source.errors_found += len(row.errors)
            source.errors += [[row.number, *error] for error in row.errors][: KEPT - len(source.errors)]
        elif there is None:
            source.new += 1
        elif differences := listed.differences(there, row.values):
            source.changed += 1
            source.updates_found += len(differences)
            source.updates += _updates(row, there, differences, listed)[: KEPT - len(source.updates)]
        else:
            source.unchanged += 1


def _updates(row: Row, there: Any, after: dict[str, Any], listed: Listed) -> list[list[Any]]:
    return [[row.number, there.pk, name, listed.plain(name, there), value] for name, value in after.items()]


def _note(source: Import, batch: list[Row], known: Known, listed: Listed, actor: Actor) -> None:
    for row, column, value, text in listed.declared.notes(batch, known, actor):
        source.notes_found += 1
        if len(source.notes) < KEPT:
            source.notes.append([row.number, row.labels[column], value, text])


def too_many(source: Import) -> str:
    """Why the list is too long to be written, empty when it isn't."""
    most = source.listed.writer.most
    if most is None or source.new + source.changed <= most:
        return ""
    return _now("At most %(most)s rows of such a list are written at once; here are %(rows)s.") % {
        "most": most,
        "rows": source.new + source.changed,
    }
