"""The steps of every import; the two of a list stand with the module that declares it (`lists.importing`)."""

from tests.declared import internal, seen, topic, walked, without_data
from tests.every_operation.example import NOBODY, STAFF, example

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
