"""Lists as files, and their way through an import."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.every_operation.example import example
from tests.every_operation.lacking import Lacking, closed, lacks
from tests.factories import files
from tests.factories.world import World
from tests.imports.rows import import_in

from keqiao.accounts.models import User
from keqiao.imports.models import Import, StagedRow
from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import apply_import
from keqiao.imports.states import ImportState
from keqiao.kernel.steps import operation

HEAD = "企业名称,统一社会信用代码,地区,行业,规模,成立日期,地址"


def upload(content: bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def table(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> SimpleUploadedFile:
    return upload("\r\n".join([head, *rows, ""]).encode(encoding))


def sheet(*rows: list[object]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return upload(target.getvalue(), "list.xlsx")


def check(file: SimpleUploadedFile, actor: User, *, of: str = "enterprises") -> Import:
    """The dry run of a list."""
    return operation.get(f"check_import_of_{of}")(actor=actor, file=file)


def write(source: Import, actor: User) -> Import:
    """Ask for the import, and do what the worker then does."""
    apply_import(source=source, actor=actor)
    run_import(pk=source.pk)
    source.refresh_from_db()
    return source


def counts(source: Import) -> tuple[int, ...]:
    """Rows, new, changed, unchanged, with errors."""
    return source.rows, source.new, source.changed, source.unchanged, source.wrong


BAD_ROW = "Row 2 of this file can't be read as a row of a list."


def broken_book() -> SimpleUploadedFile:
    """A workbook whose sheet ends in the middle."""
    whole, target = BytesIO(sheet(["标签"]).read()), BytesIO()
    with ZipFile(whole) as book, ZipFile(target, "w") as broken:
        for name in book.namelist():
            content = book.read(name)
            broken.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)
    return upload(target.getvalue(), "list.xlsx")


def no_list(head: str) -> tuple[Lacking, ...]:
    """What is wrong with a file, whatever list it should be. `head` is a sound heading."""
    swallowed = f'{head}\n"{"x" * 200_000}'
    return (
        lacks(
            "This Excel file can't be read.", "", "Save it again as .xlsx.", field="file",
            values=lambda w, s: {"file": broken_book()},
        ),
        lacks(
            BAD_ROW, "", "Look for a quotation mark that is not closed, or save it as .xlsx.", field="file",
            values=lambda w, s: {"file": upload(swallowed.encode())},
        ),
    )  # fmt: skip


def changed_meanwhile(key: str, put: Callable[[str], object]) -> Lacking:
    """What was made ready as new is there by now."""

    def rows(_world: World, source: Import) -> None:
        put(key)
        StagedRow.objects.create(source=source, key=[key], values={}, words="")

    said = f"“{key}” changed while the list was applied."
    return lacks(said, "", "Apply the list again; nothing was written.", rows=rows)


def importing(
    slug: str,
    content: str | Callable[[World], str],
    *,
    by: str,
    allowed: frozenset[str],
    head: str = "",
    needed: str = "",
    there: tuple[str, Callable[[str], object]] | None = None,
) -> None:
    """Examples of the two steps of a list: the dry run that begins an import, and the worker's last. `content` is a sound
    list of one new row, as CSV, or gives it where it names rows of the world; then `head` is its heading. `needed` names the columns it can't do
    without, `there` is a key, and what puts a row of that key there."""

    head = content.partition("\n")[0] if isinstance(content, str) else head

    def listed(world: World, name: str = "名单.csv") -> Any:
        return files.text(name, content=content if isinstance(content, str) else content(world))

    example(
        f"check_import_of_{slug}", by=by, allowed=allowed, values=lambda w, _s: {"file": listed(w)},
        others=lambda w, _s: {"file": listed(w, "另一份名单.csv")},
        lacking=(
            *no_list(head),
            lacks(
                f"The first row has no column “{needed}”.", "",
                "Put the names of the columns into the first row, as in the template.", field="file",
                values=lambda w, s: {"file": upload("备注\n示例\n".encode())},
            ),
        ) if head else (),
    )  # fmt: skip
    example(
        f"finish_import_of_{slug}", by=by, allowed=allowed,
        subject=lambda w, _state: import_in(w, slug, listed(w), ImportState.QUEUED),
        not_exposed="the worker's last step, once every row is made ready",
        lacking=(
            closed("Only service staff may do this.", by="client"),
            closed("This is another list.", rows=lambda w, s: Import.objects.filter(pk=s.pk).update(list_slug="other")),
            *([changed_meanwhile(*there)] if there else []),
        ),
    )  # fmt: skip
