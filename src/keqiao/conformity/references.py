"""Whatever evidence names is there: steps, models with a day to count by, measures of the right kind. Asked at start."""

from django.db.models import Model

from keqiao.conformity import registry
from keqiao.conformity.clauses import ENTRY, MEASURED, Evidence, Own, evidence_files
from keqiao.kernel.platform.aliases import model_of
from keqiao.kernel.platform.typed_yaml import DataError, read
from keqiao.kernel.platform.validity import term_of
from keqiao.kernel.steps import operation


def check_references() -> None:
    """At start, when all apps are read: whatever evidence names is there. Raises DataError, naming file and remedy."""
    for path in evidence_files():
        where = f"{path.parent.name}/{path.name}"
        own = read(path=path, schema=Own)
        for clause, many in (*own.evidence.items(), ("each", own.each)):
            for line in many:
                _check_reference(f"{where} › {clause} › {line.kind}", line)


def _check_reference(where: str, line: Evidence) -> None:
    ref = str(line.ref)
    if line.kind == "operation" and not operation.is_registered(ref):
        _refuse_reference(where, "the name of a step", ref, "`keqiao run --help` lists the steps.")
    if line.kind == "record":
        _check_record(where, line, model_of(ref))
    if line.kind in MEASURED:
        measure = registry.find(ref)
        if measure is None or measure.kind != line.kind:
            came = ref if measure is None else f"{ref}, which is of kind {measure.kind}"
            remedy = f"Declare it in the app's measures.py: {line.kind}({ref!r}, …), or correct the line."
            _refuse_reference(where, f"the name of a measure of kind {line.kind}", came, remedy)


def _check_record(where: str, line: Evidence, model: type[Model] | None) -> None:
    if model is None:
        _refuse_reference(where, "a model such as organisation.Expert", str(line.ref), "Correct the name.")
    elif not line.dated and line.ref != ENTRY and term_of(model) is None:
        remedy = "Say `dated: created_at` or another of its days, or give the model a term."
        _refuse_reference(where, "by which day its rows are counted", f"{line.ref} without one", remedy)


def _refuse_reference(where: str, expected: str, came: str, remedy: str) -> None:
    raise DataError(where=where, expected=expected, came=came, remedy=remedy)
