"""An enterprise with its parts, and an import in every state."""

from decimal import Decimal
from typing import Any

from tests.factories import enterprises, files
from tests.factories.engagements import fresh

from keqiao.enterprises.models import FigureKind, Import
from keqiao.enterprises.operations import files as enterprise_files
from keqiao.enterprises.operations import imports
from keqiao.enterprises.operations.applying import apply_import
from keqiao.enterprises.states import ImportState
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation

LIST = "企业名称,统一社会信用代码\n示例导入企业{n}（虚构）,{code}\n"


def fill(world: Any) -> None:
    fill_lean(world)
    for n, state in enumerate(ImportState.values, start=1):
        world.put(imported(world, n, state), state)


def fill_lean(world: Any) -> None:
    """What belongs to one enterprise."""
    world.put(world.ours)
    world.put(enterprises.contact(enterprise=world.ours))
    world.put(figure(world))
    added = enterprise_files.add_enterprise_file(
        enterprise=world.ours,
        actor=world.person("consultant"),
        file=files.text(content=f"示例内容 {world.cast.mark}"),
        note="示例",
    )
    world.put(added)


def figure(world: Any) -> Any:
    return operation.get("create_yearly_figure")(
        enterprise=world.ours, actor=world.person("consultant"), year=2025, kind=FigureKind.SALES,
        amount=Decimal("1000000.00"), source=f"示例审计报告{world.cast.mark}", source_date=clock.today(),
    )  # fmt: skip


def imported(world: Any, n: int, state: str) -> Import:
    listed = files.text("名单.csv", content=LIST.format(n=n, code=enterprises.credit_code(9_000_000 + n)))
    made = imports.check_import(actor=world.person("consultant"), file=listed)
    if state != ImportState.CHECKED:
        imports.import_enterprises(source=fresh(made), actor=world.person("consultant"))
    if state in {ImportState.APPLIED, ImportState.UNDONE}:
        apply_import(pk=made.pk)
    if state == ImportState.UNDONE:
        imports.undo_import(source=fresh(made), actor=world.person("consultant"))
    return made
