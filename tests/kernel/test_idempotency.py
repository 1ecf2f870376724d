"""What counts as the same request: rows by their number, files by their bytes."""

import io
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.kernel.steps.idempotency import fingerprint_of


def upload(content=b"%PDF-1.7 one", name="a.pdf"):
    return SimpleUploadedFile(name, content)


def test_the_same_bytes_under_the_same_name_are_the_same():
    assert fingerprint_of({"file": upload()}) == fingerprint_of({"file": upload()})


@pytest.mark.parametrize("other", [upload(b"%PDF-1.7 two"), upload(name="b.pdf")], ids=["bytes", "name"])
def test_a_file_of_the_same_length_and_another_content_is_another(other):
    assert fingerprint_of({"file": upload()}) != fingerprint_of({"file": other})


def test_files_in_a_list_count_each():
    one, other = ({"files": [upload(), upload(last)]} for last in (b"%PDF-1.7 two", b"%PDF-1.7 six"))
    assert fingerprint_of(one) != fingerprint_of(other)


@dataclass(frozen=True)
class Row:
    file: SimpleUploadedFile


def test_files_in_rows_count_by_their_bytes():
    one, other = ({"rows": [Row(upload(last))]} for last in (b"%PDF-1.7 two", b"%PDF-1.7 six"))
    assert fingerprint_of(one) != fingerprint_of(other)


def test_the_file_is_left_at_its_beginning_and_open():
    file = upload(b"0123456789")
    file.read(4)
    fingerprint_of({"file": file})
    assert file.read() == b"0123456789"


def test_a_large_file_is_read_in_parts(settings):
    class Watched(io.BytesIO):
        largest = 0

        def read(self, size=-1):
            found = super().read(size)
            Watched.largest = max(Watched.largest, len(found))
            return found

    fingerprint_of({"file": File(Watched(bytes(3 * 2**20)), name="a.bin")})
    assert Watched.largest == 2**16


def test_a_row_that_was_renamed_by_the_step_is_still_the_same(db):
    group = Group.objects.create(name="一")
    before = fingerprint_of({"group": group, "name": "二"})
    group.name = "二"
    assert fingerprint_of({"group": group, "name": "二"}) == before
