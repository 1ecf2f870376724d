"""Each step can be taken: from every state it names, with one record under its clause, to the state it names."""

import pytest
from tests.every_operation.example import known
from tests.every_operation.held import changed, held_rows, sealed
from tests.every_operation.trying import again, entries_since, last_entry, newest_file, undone

from keqiao.kernel.models import Blob
from keqiao.kernel.steps.operation import operations


def test_every_operation_has_an_example():
    assert sorted(op.name for op in operations()) == sorted(known())


def test_taken_from_each_state(trial, name):
    for state in trial.states:
        with undone():
            check_taken(trial, name, state)


def check_taken(trial, name, state):
    subject = trial.subject(state)
    version, last = getattr(subject, "version", 0), last_entry()
    values, newest = trial.values(subject), newest_file()
    before = held_rows()
    result = trial.take(subject, values=values)
    records = entries_since(last)
    assert changed(before, held_rows()) <= sealed(records), state
    made = set(Blob.objects.filter(pk__gt=newest).values_list("sha256", flat=True))
    assert made <= {sha256 for one in records for sha256 in one.files_named}, state
    assert sorted(one.operation for one in records) == sorted([*trial.example.nested, name]), state
    [own] = [one for one in records if one.operation == name]
    said = {**values, trial.op.subject: subject} if subject is not None else values
    assert own.clause == (trial.op.clause_of(said) if trial.op.clause_of else trial.op.clause)
    about = result if subject is None or trial.op.about_result else subject
    assert (own.subject_type, own.subject_id) == (about._meta.label_lower, about.pk)
    if subject is not None:
        check_after(trial, again(subject), state, version)


def check_after(trial, after, state, version):
    assert not hasattr(after, "version") or after.version > version
    if trial.op.when:
        [ends] = trial.op.then if len(trial.op.then) == 1 else [trial.example.ends.get(state, state)]
        assert getattr(after, trial.op.field) == str(ends), state


@pytest.mark.usefixtures("db")
def test_no_two_operations_share_a_label_and_a_model():
    """Two buttons of one name on one page would be told apart by nobody."""
    seen = {}
    for op in operations():
        seen.setdefault((op.model, str(op.label)), []).append(op.name)
    assert [names for names in seen.values() if len(names) > 1] == []
