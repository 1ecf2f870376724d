"""Lists as files, and their way through an import."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.every_operation.example import example
from tests.factories import files
from tests.factories.world import World
from tests.imports.rows import import_in

from keqiao.accounts.models import User
from keqiao.imports.models import Import
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


def importing(slug: str, content: str | Callable[[World], str], *, by: str, allowed: frozenset[str]) -> None:
    """Examples of the two steps of a list: the dry run that begins an import, and the worker's last. `content` is a sound
    list of one new row, as CSV, or gives it where it names rows of the world."""

    def listed(world: World, name: str = "名单.csv") -> Any:
        return files.text(name, content=content if isinstance(content, str) else content(world))

    example(
        f"check_import_of_{slug}", by=by, allowed=allowed, values=lambda w, _s: {"file": listed(w)},
        others=lambda w, _s: {"file": listed(w, "另一份名单.csv")},
    )  # fmt: skip
    example(
        f"finish_import_of_{slug}", by=by, allowed=allowed,
        subject=lambda w, _state: import_in(w, slug, listed(w), ImportState.QUEUED),
        not_exposed="the worker's last step, once every row is made ready",
    )  # fmt: skip
