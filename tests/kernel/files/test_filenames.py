"""Names people give to files, and names that were made to do harm."""

import pytest
from django.utils import translation

from keqiao.kernel.files.file_errors import BadName
from keqiao.kernel.files.filenames import clean_name, hostile_member, with_extension


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("技术服务合同（终稿）.docx", "技术服务合同（终稿）.docx"),
        ("  report.pdf  ", "report.pdf"),
        ("what? <draft>: 1*2.pdf", "what_ _draft__ 1_2.pdf"),
        ("report.pdf. . .", "report.pdf"),
        ("zero\u200bwidth.txt", "zero_width.txt"),
        ("e\u0301tude.txt", "étude.txt"),
        ("console.txt", "console.txt"),
        (".htaccess", ".htaccess"),
    ],
)
def test_an_honest_name_is_kept_or_tidied(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        ".",
        "..",
        "a\r\nSet-Cookie: x=1.txt",
        "a\nb.txt",
        "a\tb.txt",
        "a\0.pdf",
        "a\x1b[31m.txt",
        "a\x85b.txt",
        "a\u2028b.txt",
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/passwd",
        "C:\\Users\\x.docx",
        "invoice\u202efdp.exe",
        "a\u2066b.txt",
        "a\u200fb.txt",
        "CON",
        "con.txt",
        "NUL .txt",
        "Lpt1.docx",
        "COM¹",
        "lone\ud800surrogate.txt",
        "字" * 81,
        "x" * 241,
    ],
)
def test_a_hostile_name_is_refused(name):
    with pytest.raises(BadName):
        clean_name(name)


def test_the_longest_name_is_taken():
    assert clean_name("字" * 80) == "字" * 80


def test_the_error_says_why_and_shows_nothing_that_acts():
    with translation.override("en"), pytest.raises(BadName) as refused:
        clean_name("a\u202eb.txt")
    assert refused.value.fields == {"file": (refused.value.message,)}
    assert "'a\\u202eb.txt'" in str(refused.value)
    with translation.override("en"):
        assert refused.value.remedy == "Rename the file and send it again."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.csv", "a.csv"),
        ("a.CSV", "a.CSV"),
        ("run.bat", "run.bat.txt"),
        ("csv", "csv.txt"),
        ("archive.csv.exe", "archive.csv.exe.txt"),
        ("字" * 80, "字" * 78 + ".txt"),
    ],
)
def test_a_name_never_promises_another_kind(name, kept):
    assert with_extension(name=name, extensions=("txt", "csv")) == kept


@pytest.mark.parametrize(
    ("name", "hostile"),
    [
        ("folder/", False),
        ("folder/file..txt", False),
        ("合同/附件 1.pdf", False),
        ("../up.txt", True),
        ("folder/../../up.txt", True),
        ("folder\\..\\up.txt", True),
        ("/root.txt", True),
        ("\\\\server\\share", True),
        ("c:windows.txt", True),
        ("line\nbreak", True),
        ("nul\0.txt", True),
        ("turn\u202e.txt", True),
        ("", True),
    ],
)
def test_names_in_archives(name, hostile):
    assert hostile_member(name) is hostile
