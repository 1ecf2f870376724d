"""The steps of every import, and the two of each list."""

from tests.every_operation.example import NOBODY, STAFF, example
from tests.factories import enterprises, files, rows

from keqiao.imports.states import ImportState

LISTS = {
    "enterprises": f"企业名称,统一社会信用代码\n示例新企业（虚构）,{enterprises.credit_code(8_000_002)}\n",
    "tags": "标签\n示例导入的标签\n",
}


def importing(slug, *, by, allowed):
    """Both steps of a list: the dry run that begins an import, and the worker's last."""

    def listed(name="名单.csv"):
        return files.text(name, content=LISTS[slug])

    example(
        f"check_import_of_{slug}", by=by, allowed=allowed, values=lambda w, s: {"file": listed()},
        others=lambda w, s: {"file": listed("另一份名单.csv")},
    )  # fmt: skip
    example(
        f"finish_import_of_{slug}", by=by, allowed=allowed,
        subject=lambda world, _state: rows.import_in(world, slug, listed(), ImportState.QUEUED),
    )  # fmt: skip


importing("enterprises", by="consultant", allowed=STAFF)
importing("tags", by="consultant", allowed=STAFF)
example("apply_import", by="consultant", allowed=STAFF)
example("stop_import", by="consultant", allowed=STAFF)
example("give_up_import", by="system", allowed=NOBODY, values=lambda w, s: {"reason": "示例原因"})
example("undo_import", by="consultant", allowed=STAFF)
