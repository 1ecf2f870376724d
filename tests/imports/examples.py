"""The steps of every import, and the two of each list."""

from tests.declared import internal, seen, topic, walked, without_data
from tests.every_operation.example import NOBODY, STAFF, example
from tests.factories import enterprises, files
from tests.imports.rows import import_in

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
        subject=lambda world, _state: import_in(world, slug, listed(), ImportState.QUEUED),
        not_exposed="the worker's last step, once every row is made ready",
    )  # fmt: skip


importing("enterprises", by="consultant", allowed=STAFF)
importing("tags", by="consultant", allowed=STAFF)
example("apply_import", by="consultant", allowed=STAFF)
example("stop_import", by="consultant", allowed=STAFF)
example(
    "give_up_import",
    by="system",
    allowed=NOBODY,
    values=lambda w, s: {"reason": "示例原因"},
    not_exposed="the worker met what forbids to write",
)
example("undo_import", by="consultant", allowed=STAFF)

seen("imports", reference=True)
internal("imports.StagedRow", "what a job made ready and has not written: seen by nobody")
internal("imports.ImportedRow", "what an import did, shown by the import")
topic("import", "acts for a person, and asks again whether they still may (tests/imports/test_job.py)")
without_data("imports/<int:pk>/progress/", "two numbers")
without_data("imports/lists/", "which lists there are, and an empty form to fill in")
walked(
    "imports/<int:pk>/progress",
    lambda found: [f"imports/{found.ours.rows_pk('Import', 'queued')}/progress"],
)
walked("imports/lists/<slug:slug>", lambda _found: ["imports/lists/enterprises"])
walked(
    "imports/filled/<slug:slug>.<xform:form>",
    lambda _found: [f"imports/filled/enterprises.{form}" for form in ("csv", "xlsx")],
)
