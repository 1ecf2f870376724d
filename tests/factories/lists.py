"""Lists as files, and their way through an import."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from keqiao.accounts.models import User
from keqiao.imports.models import Import
from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import apply_import
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
