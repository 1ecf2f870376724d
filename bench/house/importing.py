"""A list of many rows: dry run, import, a second run, undo; seconds, the most memory it took, and how long another who
wants to write a small thing waits meanwhile."""

import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from openpyxl import Workbook

from house import rows
from house.figures import Figure
from house.sizes import Sizes
from keqiao.accounts.models import User
from keqiao.enterprises.models import Tag
from keqiao.imports.models import Import
from keqiao.imports.operations import applying
from keqiao.imports.operations.turns import apply_import, undo_import
from keqiao.kernel.steps import operation

HEAD = ("企业名称", "统一社会信用代码", "地区", "行业", "规模", "成立日期", "地址", "法定代表人")
PAUSE = 0.05  # between two small writes of the other


def measure(sizes: Sizes) -> Iterator[Figure]:
    _manager, consultants = rows.people()
    actor, count = consultants[0], sizes.import_rows
    for kind, make in (("CSV", as_csv), ("Excel", as_excel)):
        file = make(count)
        print(f"{kind}: {count:,} rows, {file.size / 2**20:.1f} MB; before: {peak():,.0f} MB", flush=True)
        with another_writes() as waits:
            source = dry_run(actor, file, count)
        yield waited(f"{kind}, dry run of {count:,} rows", waits)
        apply_import(source=source, actor=actor)
        begun = time.perf_counter()
        with another_writes() as waits, rows.timed("  applied", count):
            applying.run_import(pk=source.pk)
        yield Figure(
            what=f"{kind}, rows applied", value=count / (time.perf_counter() - begun), unit="a second"
        )
        yield waited(f"{kind}, import of {count:,} rows", waits)
        again = dry_run(actor, make(count), count)
        print(f"  a second run: new {again.new}, changed {again.changed}, unchanged {again.unchanged:,}")
        source = Import.objects.get(pk=source.pk)
        with another_writes() as waits, rows.timed("  undo", count):
            undo_import(source=source, actor=actor)
        yield waited(f"{kind}, undo", waits)
        yield Figure(what=f"{kind}, most memory so far", value=peak(), unit="MB")


def waited(what: str, waits: list[float]) -> Figure:
    return Figure(what=f"{what}: longest wait of another", value=max(waits) * 1000, unit="ms", aim="≤ 1,000")


@contextmanager
def another_writes() -> Iterator[list[float]]:
    """Someone else saves a tag again and again; seconds of each time."""
    over = threading.Event()
    waits: list[float] = []

    def write() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            with transaction.atomic():
                Tag.objects.update_or_create(name="示例标签")
            waits.append(time.perf_counter() - begun)
            time.sleep(PAUSE)
        connection.close()

    other = threading.Thread(target=write)
    other.start()
    try:
        yield waits
    finally:
        over.set()
        other.join()


def dry_run(actor: User, file: SimpleUploadedFile, count: int) -> Import:
    with rows.timed("  dry run", count):
        source = operation.get("check_import_of_enterprises")(actor=actor, file=file)
    print(f"  new {source.new:,}, wrong {source.wrong:,}; most memory so far {peak():,.0f} MB", flush=True)
    return source


def line(number: int) -> tuple[str, ...]:
    where = f"深圳市南山区示例路{number}号"
    return rows.name(number), rows.code(number), "4403", "39", "小型", "2016-08-01", where, "林示例"


def as_csv(count: int) -> SimpleUploadedFile:
    text = "\r\n".join(",".join(cells) for cells in (HEAD, *map(line, range(count))))
    return SimpleUploadedFile("list.csv", text.encode("gb18030"))


def as_excel(count: int) -> SimpleUploadedFile:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in (HEAD, *map(line, range(count))):
        sheet.append(cells)
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile("list.xlsx", target.getvalue())


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
