"""The steps of every import; the two of a list stand with the module that declares it (`lists.importing`)."""

from tests.declared import internal, seen, topic, walked, without_data
from tests.every_operation.example import NOBODY, STAFF, example
from tests.every_operation.lacking import closed, lacks
from tests.factories import enterprises, files
from tests.imports.rows import import_in

from keqiao.enterprises.models import Enterprise
from keqiao.imports.models import Import
from keqiao.imports.states import ImportState

WITH_BAD = f"企业名称,统一社会信用代码\n示例（虚构）,{enterprises.credit_code(9_100_001)}\n示例（虚构）,1\n"


def is_so(**as_is):
    return lambda w, s: Import.objects.filter(pk=s.pk).update(**as_is)


def added_by(source):
    """The enterprise that this import added."""
    return Enterprise.objects.filter(pk=source.changes.get().object_id)


def tags(world, _state):
    listed = files.text("标签.csv", content="标签\n示例一签\n")
    return import_in(world, "tags", listed, ImportState.APPLIED)


example(
    "apply_import",
    by="consultant",
    allowed=STAFF,
    lacking=(
        lacks(
            "2 rows have errors.",
            "4.1.4",
            "Correct the file and import it again, or take the sound rows.",
            rows=is_so(wrong=2),
        ),
        lacks("The list has no rows.", "4.1.4", "Fill in the file and import it again.", rows=is_so(rows=0)),
        lacks(
            "At most 5000 rows of such a list are written at once; here are 5001.",
            "",
            "Cut the file in parts and import them one after the other.",
            rows=is_so(list_slug="tags", new=5000, changed=1),
        ),
    ),
)
example(
    "take_sound_rows",
    by="consultant",
    allowed=STAFF,
    subject=lambda w, _state: import_in(
        w, "enterprises", files.text("名单.csv", content=WITH_BAD), ImportState.CHECKED
    ),
    lacking=(
        lacks(
            "No sound row would change anything.",
            "4.1.4",
            "Correct the file and import it again.",
            rows=is_so(new=0, changed=0),
        ),
        lacks("The list has no rows.", "4.1.4", "Fill in the file and import it again.", rows=is_so(rows=0)),
        lacks(
            "At most 5000 rows of such a list are written at once; here are 5001.",
            "",
            "Cut the file in parts and import them one after the other.",
            rows=is_so(list_slug="tags", new=5000, changed=1),
        ),
        closed("No row of this list has errors.", rows=is_so(wrong=0)),
        closed("Only who may import such a list may do this.", by="auditor"),
    ),
)
example("stop_import", by="consultant", allowed=STAFF)
example(
    "give_up_import",
    by="system",
    allowed=NOBODY,
    values=lambda w, s: {"reason": "示例原因"},
    not_exposed="the worker met what forbids to write",
)
example(
    "undo_import",
    by="consultant",
    allowed=STAFF,
    lacking=(
        lacks(
            "Changed since: 示例改名（虚构）.",
            "4.4.2",
            "Change those by hand.",
            rows=lambda w, s: added_by(s).update(name="示例改名（虚构）", version=9),
        ),
        lacks(
            "In use since: 示例改名（虚构）.",
            "",
            "Change those by hand.",
            rows=lambda w, s: (
                added_by(s).update(name="示例改名（虚构）"),
                enterprises.contact(enterprise=added_by(s).get()),
            ),
        ),
        lacks(
            "What this import added can't be taken back: no step removes or retires such rows.",
            "",
            "Change those by hand.",
            subject=tags,
        ),
    ),
)

seen("imports", reference=True)
internal("imports.StagedRow", "what a job made ready and has not written: seen by nobody")
internal("imports.ImportedRow", "what an import did, shown by the import")
topic("import", "acts for a person, and asks again whether they still may (tests/imports/test_job.py)")
without_data(
    "imports/<int:pk>/to-correct.xlsx", "rows as they were sent; no list that is walked has wrong ones"
)
without_data("imports/<int:pk>/progress/", "two numbers")
without_data("imports/lists/", "which lists there are, and an empty form to fill in")
walked(
    "imports/<int:pk>/progress",
    lambda found: [f"imports/{found.ours.rows_pk('Import', 'queued')}/progress"],
)
walked(
    "imports/<int:pk>/to-correct.xlsx",
    lambda found: [f"imports/{found.ours.rows_pk('Import', 'checked')}/to-correct.xlsx"],
)
walked("imports/lists/<slug:slug>", lambda _found: ["imports/lists/enterprises"])
walked(
    "imports/filled/<slug:slug>.<xform:form>",
    lambda _found: [f"imports/filled/enterprises.{form}" for form in ("csv", "xlsx")],
)
