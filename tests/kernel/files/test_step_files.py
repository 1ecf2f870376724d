"""Files of a step are found wherever they stand among its values, each by the bytes it has."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.kernel.files import step_files
from keqiao.kernel.models import Blob


@dataclass(frozen=True)
class Row:
    name: str
    file: SimpleUploadedFile | None = None


def upload(content=b"one"):
    return SimpleUploadedFile("a.txt", content)


def test_files_are_found_alone_in_lists_and_in_rows():
    one, two, kept = upload(), upload(), Blob(sha256="a" * 64)
    values = {"text": "x", "file": one, "rows": [Row("a"), Row("b", two)], "blobs": [kept], "none": None}
    found = list(step_files.among(values))
    assert [found[0] is one, found[1] is two, found[2] is kept, len(found)] == [True, True, True, 3]


def test_an_upload_counts_by_its_bytes_and_is_left_at_its_beginning():
    one = upload(b"0123456789")
    one.read(4)
    given = {"file": one, "rows": [Row("b", upload(b"two"))], "blob": Blob(sha256="a" * 64)}
    assert step_files.hashes_of(given) == [
        sha256(b"0123456789").hexdigest(),
        sha256(b"two").hexdigest(),
        "a" * 64,
    ]
    assert one.read() == b"0123456789"


def test_what_is_stored_inside_another_step_is_that_ones():
    with step_files.collected() as outer:
        step_files.note(file="a", sha256="1")
        with step_files.collected() as inner:
            step_files.note(file="b", sha256="2")
        step_files.note(file="c", sha256="3")
    step_files.note(file="d", sha256="4")  # outside a step nobody listens
    assert (outer, inner) == ([("a", "1"), ("c", "3")], [("b", "2")])
