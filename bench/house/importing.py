"""A list of many rows: dry run, import, a second run, undo; seconds and the most memory it took."""

import resource
from argparse import Namespace
from collections import deque
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from house import rows
from keqiao.accounts.models import User
from keqiao.imports.models import Import
from keqiao.imports.operations import applying
from keqiao.imports.operations.turns import apply_import, undo_import
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation

HEAD = ("企业名称", "统一社会信用代码", "地区", "行业", "规模", "成立日期", "地址", "法定代表人")


def part_import(args: Namespace) -> None:
    _manager, consultants = rows.people()
    actor, count = consultants[0], args.import_rows
    for kind, make in (("CSV, GB18030", as_csv), ("Excel", as_excel)):
        file = make(count)
        print(f"{kind}: {count:,} rows, {file.size / 2**20:.1f} MB; before: {peak():,.0f} MB", flush=True)
        source = dry_run(actor, file, count)
        apply_import(source=source, actor=actor)
        with rows.timed("  made ready, the database free", count):
            holder = applying.take(pk=source.pk, now=clock.now())
            source = Import.objects.get(pk=source.pk)
            deque(applying.stage(source=source, holder=holder or ""), maxlen=0)
        with rows.timed("  written, the database held", count):
            applying.write(source=source, holder=holder or "")
        source.refresh_from_db()
        again = dry_run(actor, make(count), count)
        print(f"  a second run: new {again.new}, changed {again.changed}, unchanged {again.unchanged:,}")
        with rows.timed("  undo", count):
            undo_import(source=source, actor=actor)
        print(f"  most memory so far {peak():,.0f} MB", flush=True)


def dry_run(actor: User, file: SimpleUploadedFile, count: int) -> Import:
    with rows.timed("  dry run", count):
        found = operation.get("check_import_of_enterprises")(actor=actor, file=file)
    print(
        f"  found new {found.new:,}, wrong {found.wrong:,}; most memory so far {peak():,.0f} MB", flush=True
    )
    return found


def line(number: int) -> tuple[str, ...]:
    where = f"深圳市南山区示例路{number}号"
    return rows.name(number), rows.code(number), "4403", "39", "小型", "2016-08-01", where, "林示例"


def as_csv(count: int) -> SimpleUploadedFile:
    text = "\r\n".join(",".join(one) for one in (HEAD, *map(line, range(count))))
    return SimpleUploadedFile("list.csv", text.encode("gb18030"))


def as_excel(count: int) -> SimpleUploadedFile:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for one in (HEAD, *map(line, range(count))):
        sheet.append(one)
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("list.xlsx", target.getvalue())


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
