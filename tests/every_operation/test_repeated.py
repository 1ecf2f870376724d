"""The same request twice has one effect; another one under the same key, or one made on an old version, is refused."""

import pytest
from tests.every_operation.trying import again, entries_since, everything, last_entry, only

from keqiao.kernel.platform.errors import Conflict


def test_same_key_has_one_effect(trial, name):
    subject = trial.subject()
    values, last = trial.values(subject), last_entry()
    first = trial.take(subject, values=dict(values), key="示例键")
    records, after = entries_since(last), everything(subject)
    second = trial.take(subject, values=dict(values), key="示例键")
    assert second == (first if first is not None else subject)
    assert entries_since(last) == records
    assert everything(subject) == after


def test_same_key_with_other_values_is_a_conflict(trial, name):
    subject = trial.subject()
    trial.take(subject, key="示例键")
    other, values = trial.other(subject)
    after = everything(subject)
    with pytest.raises(Conflict):
        trial.take(other, values=values, key="示例键")
    assert everything(subject) == after


@only(lambda op: not op.creates and hasattr(op.model, "version"))
def test_a_stale_version_is_a_conflict(trial, name):
    subject = trial.subject()
    before = everything(subject)
    with pytest.raises(Conflict):
        trial.take(again(subject), values=trial.values(subject), expected_version=subject.version - 1)
    assert everything(subject) == before
