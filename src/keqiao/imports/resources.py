"""What of imports is seen, and the way to them from the lists they fill."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.faces.areas import Area, Menu
from keqiao.faces.resource import Custom, Fields, Help, Resource, add_helps, register
from keqiao.imports.lists import Listed
from keqiao.imports.models import Import
from keqiao.imports.operations.checking import name_of
from keqiao.imports.pages import open_lists
from keqiao.imports.updates import updates_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text

JUDGED = (_("Row"), _("Column"), _("Cell"), _("What is wrong"))
CHANGED = (_("Row"), _("Name"), _("Column"), _("Before"), _("After"))
COUNTS = ("rows", "new", "changed", "unchanged", "wrong")


def ways(resource: Resource, actor: Actor, step: str) -> Iterator[Help]:
    """Beside the lists that an import fills, beside the imports, and on the form that begins one."""
    if resource.model is Import and not step and any(open_lists(actor)):
        yield Help(_("Lists and their templates"), reverse("imports-lists"), "file-type-xls")
    for listed in open_lists(actor):
        check = name_of("check", listed.slug)
        if resource.model is Import and step == check:
            yield from _downloads(listed)
        if resource.model is listed.model and not step:
            yield Help(_("Import a list"), reverse("imports-create", args=[check]), "upload")


def _downloads(listed: Listed) -> Iterator[Help]:
    yield Help(_("Template of the list"), reverse("imports-template", args=[listed.slug]))
    yield Help(_("The list as it stands"), reverse("imports-filled", args=[listed.slug, "xlsx"]))


def cells(heads: tuple[Text, ...], rows: Iterable[Iterable[Any]], number: int) -> dict[str, Any]:
    """The rows kept of `number`, each cell under its head."""
    return {"heads": heads, "lines": [list(zip(heads, row, strict=True)) for row in rows], "number": number}


def changes_of(item: Import, actor: Actor) -> dict[str, Any]:
    shown = updates_of(item, actor)
    return cells(CHANGED, shown["updates"], shown["number"])


def files_of(item: Import, actor: Actor) -> dict[str, str]:
    """The template, and what came back; who only reads imports has no list to fill in."""
    if item.list_slug not in {listed.slug for listed in open_lists(actor)}:
        return {}
    marked = reverse("imports-marked", args=[item.pk]) if item.wrong else ""
    return {"url": reverse("imports-template", args=[item.list_slug]), "marked": marked}


register(
    Resource(
        model=Import,
        slug="imports",
        files=("blob",),
        columns=("name", "list_slug", "state", *COUNTS, "made_by", "created_at"),
        api=("name", "list_slug", "state", "rows", "done", *COUNTS[1:], "problem", "made_by", "created_at"),
        filters=("list_slug", "state"),
        panels=(
            Custom(_("Progress"), "imports/progress.html", lambda _item, _actor: {}),
            Custom(_("Template"), "imports/template.html", files_of),
            Fields(
                _("Result"),
                (
                    "name",
                    "list_slug",
                    "state",
                    *COUNTS,
                    "unknown_columns",
                    "sound_only",
                    "made_by",
                    "created_at",
                ),
            ),
            Custom(
                _("Cells to correct"),
                "imports/cells.html",
                lambda item, _actor: cells(JUDGED, item.errors, item.errors_found),
            ),
            Custom(_("What the import changes"), "imports/cells.html", changes_of),
            Custom(
                _("Worth a look"),
                "imports/cells.html",
                lambda item, _actor: cells(JUDGED, item.notes, item.notes_found),
            ),
        ),
        related=("made_by",),
        menu=Menu(Area.CLIENTS, "upload", 20),
        empty=_("No import yet. Upload a list; nothing is written before you have seen the result."),
    )
)
add_helps(ways)
