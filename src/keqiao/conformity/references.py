"""Whatever evidence names is there: clauses, steps, models with a day to count by, measures of the right kind; and whatever
clause a declaration names. Asked at start."""

from collections.abc import Collection

from django.db.models import Model

from keqiao.conformity import registry
from keqiao.conformity.clauses import (
    ENTRY,
    MEASURED,
    Evidence,
    Own,
    evidence_files,
    identifiers,
    refuse_unknown,
)
from keqiao.kernel.platform.aliases import model_of
from keqiao.kernel.platform.typed_yaml import DataError, read
from keqiao.kernel.platform.validity import term_of
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError, named_clauses, said_of
from keqiao.kernel.steps.declared_fields import must_be_day


def check_references() -> None:
    """At start, when all apps are read: whatever evidence and declarations name is there. Raises DataError for evidence,
    DeclarationError for a declaration, naming file and remedy."""
    known = identifiers()
    _check_named_clauses(known)
    for path in evidence_files():
        where = f"{path.parent.name}/{path.name}"
        own = read(path=path, schema=Own)
        refuse_unknown(where, own, known)
        for clause, many in (*own.evidence.items(), ("each", own.each)):
            for line in many:
                _check_reference(f"{where} › {clause} › {line.kind}", line)


def _check_named_clauses(known: Collection[str]) -> None:
    for where, clause in named_clauses():
        if clause not in known:
            raise DeclarationError(
                where=where, expected="the number of a clause, such as 6.1.3 or 6.2.a", came=clause,
                remedy="Look the number up in conformity/clauses.",
            )  # fmt: skip


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
    elif line.dated:
        with said_of(where):
            must_be_day(model, line.dated)


def _refuse_reference(where: str, expected: str, came: str, remedy: str) -> None:
    raise DataError(where=where, expected=expected, came=came, remedy=remedy)
