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
        found = ahead.made((listed.slug, actor.pk, blob.sha256), lambda: _read(file, listed, actor))
        return Import.objects.create(
            list_slug=listed.slug, name=blob.name, blob=blob, made_by_id=actor.pk, **found
        )

    return check


def _read(file: UploadedFile, listed: Listed, actor: Actor) -> dict[str, Any]:
    """What the dry run found, by the names of the fields."""
    file.seek(0)
    content = BytesIO(
        file.read()
    )  # of its own: whoever reads it through closes it, and the vault still needs the file
    rows, made = Rows(rows_of(content), shape=listed.shape, actor=actor), Import()
    made.unknown_columns = "、".join(rows.header.unknown)[:400]
    for batch, known in batches(rows, listed, actor):
        _count(made, batch, known, listed)
        _note(made, batch, known, listed, actor)
    return {name: getattr(made, name) for name in FOUND}


def _count(made: Import, batch: list[Row], known: Known, listed: Listed) -> None:
    for row in batch:
        made.rows += 1
        there = known.get(listed.shape.key_of(row) or ())
        if row.errors:
            made.wrong += 1
            made.errors_found += len(row.errors)
            made.errors += [[row.number, *error] for error in row.errors][: KEPT - len(made.errors)]
        elif there is None:
            made.new += 1
        elif listed.differences(there, row.values):
            made.changed += 1
        else:
            made.unchanged += 1


def _note(made: Import, batch: list[Row], known: Known, listed: Listed, actor: Actor) -> None:
    for row, column, value, text in listed.declared.notes(batch, known, actor):
        made.notes_found += 1
        if len(made.notes) < KEPT:
            made.notes.append([row.number, row.labels[column], value, text])


def too_many(source: Import) -> str:
    """Why the list is too long to be written, empty when it isn't."""
    most = source.listed.writer.most
    if most is None or source.new + source.changed <= most:
        return ""
    return _now("At most %(most)s rows of such a list are written at once; here are %(rows)s.") % {
        "most": most,
        "rows": source.new + source.changed,
    }
