"""A file that a step takes or makes stands with its hash in the step's own entry; one that is refused leaves nothing."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.every_operation.refusing import nothing_written
from tests.every_operation.trying import entries_since, last_entry, newest_file, only
from tests.factories import files

from keqiao.kernel.files.file_errors import ProgramRefused
from keqiao.kernel.files.step_files import among
from keqiao.kernel.models import Blob
from keqiao.kernel.steps.params import ParamKind

PROGRAM = b"MZ" + bytes(200)


def takes_file(op):
    columns = [column for param in op.params for column in (param, *param.columns)]
    return any(param.of is ParamKind.FILE or param.type is Blob for param in columns)


def with_each_file(trial, subject):
    """The example's values, with a file also where one may be left out."""
    asked = [param.name for param in trial.op.params if param.of is ParamKind.FILE]
    return {**{name: files.pdf(mark=f"{trial.name} {name}") for name in asked}, **trial.values(subject)}


def own_files(name, last):
    """What the entry says under its header's hash, and what the table of files says."""
    [own] = [one for one in entries_since(last) if one.operation == name]
    named = set(own.files.values_list("sha256", flat=True))
    assert set(own.files_named) == named
    return named


@only(takes_file)
def test_a_file_among_the_values_is_named(trial, name):
    subject = trial.subject()
    values, last = with_each_file(trial, subject), last_entry()
    given = {
        one.sha256 if isinstance(one, Blob) else sha256(b"".join(one.chunks())).hexdigest()
        for one in among(values)
    }
    newest = newest_file()
    trial.take(subject, values=values)
    made = set(Blob.objects.filter(pk__gt=newest).values_list("sha256", flat=True))
    assert given
    assert own_files(name, last) == given | made


@only(lambda op: any(param.of is ParamKind.FILE for param in op.params))
def test_a_file_that_is_refused_is_said_beside_its_field_and_leaves_nothing(trial, name):
    subject = trial.subject()
    [field] = [param.name for param in trial.op.params if param.of is ParamKind.FILE]
    values = {**trial.values(subject), field: SimpleUploadedFile("示例.pdf", PROGRAM)}
    with nothing_written(), pytest.raises(ProgramRefused) as refused:
        trial.take(subject, values=values)
    assert list(refused.value.fields) == [field]
