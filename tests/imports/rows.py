"""An import of enterprises in every state."""

from typing import Any

from tests.factories import enterprises, files
from tests.factories.engagements import fresh

from keqiao.imports.models import Import
from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import apply_import, undo_import
from keqiao.imports.states import ImportState
from keqiao.kernel.steps import operation

LIST = "企业名称,统一社会信用代码\n示例导入企业{n}（虚构）,{code}\n"


def fill(world: Any) -> None:
    for n, state in enumerate(ImportState.values, start=1):
        world.put(imported(world, n, state), state)


def imported(world: Any, n: int, state: str) -> Import:
    listed = files.text("名单.csv", content=LIST.format(n=n, code=enterprises.credit_code(9_000_000 + n)))
    return import_in(world, "enterprises", listed, state)


def import_in(world: Any, slug: str, listed: Any, state: str) -> Import:
    """An import of the list `slug` in this state."""
    actor = world.person("consultant")
    made: Import = operation.get(f"check_import_of_{slug}")(actor=actor, file=listed)
    if state != ImportState.CHECKED:
        apply_import(source=fresh(made), actor=actor)
    if state in {ImportState.APPLIED, ImportState.UNDONE}:
        run_import(pk=made.pk)
    if state == ImportState.UNDONE:
        undo_import(source=fresh(made), actor=actor)
    return made
