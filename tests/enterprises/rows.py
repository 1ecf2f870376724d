"""An enterprise with its parts."""

from decimal import Decimal
from typing import Any

from tests.factories import enterprises, files

from keqiao.enterprises.models import FigureKind
from keqiao.enterprises.operations import files as enterprise_files
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation


def fill(world: Any) -> None:
    fill_lean(world)


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
