"""An enterprise with its parts."""

from decimal import Decimal
from typing import Any

from tests.factories import enterprises, files

from keqiao.enterprises.models import Enterprise, FigureKind
from keqiao.enterprises.operations import files as enterprise_files
from keqiao.enterprises.operations import levels
from keqiao.enterprises.states import LoweringState
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation


def fill(world: Any) -> None:
    fill_lean(world)
    for row, decide in (
        (figure(world, 2023), confirm),
        (enterprises.contact(enterprise=world.ours), decline),
    ):
        lowering = propose(world, row)
        decide(world, lowering)
        lowering.refresh_from_db()
        world.put(lowering, lowering.state)


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
    world.put(propose(world, world.ours), LoweringState.PROPOSED)


def propose(world: Any, row: Any) -> Any:
    return levels.propose_lower_level(
        enterprise=Enterprise.objects.get(pk=world.ours.pk), actor=world.person("consultant"), level=row.level - 1,
        record=f"{row._meta.label_lower}:{row.pk}", reason=f"示例理由{world.cast.mark}",
    )  # fmt: skip


def confirm(world: Any, lowering: Any) -> None:
    levels.confirm_lower_level(lowering=lowering, actor=world.person("manager"))


def decline(world: Any, lowering: Any) -> None:
    levels.decline_lower_level(lowering=lowering, actor=world.person("manager"), why="仍需保密")


def figure(world: Any, year: int = 2025) -> Any:
    return operation.get("create_yearly_figure")(
        enterprise=world.ours, actor=world.person("consultant"), year=year, kind=FigureKind.SALES,
        amount=Decimal("1000000.00"), source=f"示例审计报告{world.cast.mark}", source_date=clock.today(),
    )  # fmt: skip
