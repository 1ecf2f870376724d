"""Archives made to do harm when they are unpacked, and documents that hide what they hold."""

import io
import stat
import struct
import zipfile

import pytest
from tests.kernel.files.samples import TYPES, WINDOWS_PROGRAM, excel, office, packed, word

from keqiao.kernel.files import archives, filetypes
from keqiao.kernel.files.file_errors import (
    ArchiveBomb,
    ArchiveUnreadable,
    MacrosRefused,
    OldOfficeRefused,
    ProgramRefused,
    UnsafeMember,
    UnsafeXml,
)

DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
VBA = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def judged(content):
    return filetypes.identify(file=io.BytesIO(content)).key


def refused(content, error):
    with pytest.raises(error) as answer:
        judged(content)
    return str(answer.value)


def test_ordinary_archives_are_taken():
    inner = packed({"a.txt": "x", "表.xlsx": excel()})
    assert judged(packed({"folder/": "", "folder/合同.docx": word(), "inner.zip": inner})) == "zip"
    assert judged(excel(rows=20_000)) == "xlsx"


@pytest.mark.parametrize(
    "name",
    ["../up.txt", "a/../../up.txt", "/etc/cron.d/x", "..\\up.txt", "C:\\x.txt", "a\u202etxt.exe", "a\nb"],
)
def test_zip_slip_names_are_refused(name):
    refused(packed({"a.txt": "x", name: "x"}), UnsafeMember)


def test_links_in_archives_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    refused(target.getvalue(), UnsafeMember)


def test_two_entries_of_one_name_are_refused():
    content = packed({"a.txt": "x", "b.txt": "y"}).replace(b"b.txt", b"A.txt")
    refused(content, UnsafeMember)


def test_a_bomb_is_stopped_by_what_it_admits_to():
    refused(packed({"zeros.bin": bytes(20 * 1024 * 1024)}), ArchiveBomb)


def test_a_bomb_that_lies_about_its_size_is_stopped():
    """Sizes changed to one byte in both headers: what is there no longer fits its checksum."""
    content = packed({"zeros.bin": bytes(20 * 1024 * 1024)})
    refused(content.replace(struct.pack("<I", 20 * 1024 * 1024), struct.pack("<I", 1)), ArchiveUnreadable)


def test_a_bomb_inside_an_archive_counts_against_the_whole():
    inner = packed({"zeros.bin": bytes(6 * 1024 * 1024)})
    assert judged(packed({"1.zip": inner})) == "zip"
    refused(packed({"1.zip": inner, "2.zip": inner}), ArchiveBomb)


def test_archives_nested_too_deep_are_refused():
    content = packed({"a.txt": "x"})
    for _depth in range(2):
        content = packed({"a.zip": content})
    assert judged(content) == "zip"
    refused(packed({"a.zip": content}), ArchiveBomb)


def test_too_many_entries_are_refused():
    assert judged(packed({f"{n}.txt": "" for n in range(archives.MAX_MEMBERS)})) == "zip"
    refused(packed({f"{n}.txt": "" for n in range(archives.MAX_MEMBERS + 1)}), ArchiveBomb)


def test_a_huge_directory_is_refused_before_it_is_read():
    content = bytearray(packed({"a.txt": "x"}))
    content[-10:-6] = struct.pack("<I", archives.MAX_DIRECTORY + 1)
    refused(bytes(content), ArchiveBomb)


def test_entries_that_share_their_bytes_are_refused():
    """Two directory entries point at one local entry."""
    content = packed({"a.txt": "x" * 1000})
    place = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[place:end]
    twice = entry + entry.replace(b"a.txt", b"b.txt")
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, len(twice), place, 0)
    refused(content[:place] + twice + tail, ArchiveBomb)


@pytest.mark.parametrize(
    "content",
    [
        packed({"a.txt": "x"})[:-8],
        packed({"a.txt": "x"}) + b"after",
        packed({"a.txt": "x"})[:20],
        packed({}),
        b"PK\x03\x04" + packed({"a.txt": "x"}),
        packed({"a.txt": "x" * 500}).replace(b"a.txt", b"b.txt", 1),
    ],
    ids=["cut", "longer", "beginning only", "empty", "shifted", "two names"],
)
def test_a_damaged_archive_is_refused(content):
    refused(content, ArchiveUnreadable)


def test_an_archive_under_a_password_is_refused():
    content = bytearray(packed({"a.txt": "x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    refused(bytes(content), ArchiveUnreadable)


def test_programs_and_closed_kinds_inside_are_refused():
    refused(packed({"合同.pdf": WINDOWS_PROGRAM}), ProgramRefused)
    refused(packed({"in.zip": packed({"a.txt": WINDOWS_PROGRAM})}), ProgramRefused)
    refused(office({"word/embeddings/a.bin": WINDOWS_PROGRAM}), ProgramRefused)
    refused(packed({"old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)}), OldOfficeRefused)
    refused(packed({"a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(64)}), ArchiveUnreadable)


@pytest.mark.parametrize(
    "content",
    [
        office({"word/vbaProject.bin": b"x"}),
        office({"word/VBAPROJECT.BIN": b"x"}),
        office({"word/hidden.bin": b"x"}, types=VBA),
        office({}, main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        office({"word/_rels/document.xml.rels": '<R><a Type="http://x/relationships/vbaProject"/></R>'}),
        office({"xl/macrosheets/sheet1.xml": "<x/>"}),
        packed({"contract.docx": office({"word/vbaProject.bin": b"x"})}),
        office({"word/embeddings/book.xlsx": office({"xl/vbaProject.bin": b"x"})}),
    ],
)
def test_macros_are_refused_wherever_they_hide(content):
    refused(content, MacrosRefused)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/styles.xml": DOCTYPE},
        {"word/_rels/document.xml.rels": DOCTYPE},
        {"word/styles.xml": DOCTYPE.encode("utf-16")},
        {"word/styles.xml": b"\xef\xbb\xbf" + DOCTYPE.encode()},
        {"word/styles.xml": '<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE},
        {"word/styles.odd": DOCTYPE},
        {"word/styles.odd": ("\ufeff" + DOCTYPE).encode("utf-16-be")},
        {"word/styles.xml": "<!-- " + "x" * 70_000 + " -->" + DOCTYPE},
        {"word/styles.xml": '<!DOCTYPE x SYSTEM "http://10.0.0.1/x.dtd"><x/>'},
        {"word/styles.xml": "not xml"},
        {"word/styles.xml": ""},
    ],
)
def test_xml_with_a_document_type_is_refused(parts):
    refused(office(parts), UnsafeXml)


def test_content_types_in_another_encoding_are_refused():
    refused(packed({TYPES: "<Types/>".encode("utf-16")}), UnsafeXml)


def test_a_document_of_no_or_two_kinds_is_refused():
    refused(office({}, main="application/x"), ArchiveUnreadable)
    refused(office({}, types='<Override ContentType="x.spreadsheetml.sheet.main+xml"/>'), ArchiveUnreadable)


def test_the_error_names_the_entry():
    assert "'word/vbaProject.bin'" in refused(office({"word/vbaProject.bin": b"x"}), MacrosRefused)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("damage", [False, True])
def test_packing_that_is_not_usual_is_refused_whole_or_damaged(method, damage):
    content = bytearray(packed({"a.txt": "示例" * 1000}, method=method))
    if damage:
        content[60:70] = b"\xff" * 10
    assert "已损坏或打包方式异常" in refused(bytes(content), ArchiveUnreadable)


@pytest.mark.parametrize("place", [2**63, 2**64 - 1])
def test_an_entry_that_says_it_lies_beyond_any_file_is_refused(place):
    content = bytearray(packed({"a.txt": "x"}))
    entry, end = content.index(b"PK\1\2"), content.rindex(b"PK\5\6")
    extra = struct.pack("<HHQ", 1, 8, place)
    content[entry + 42 : entry + 46] = b"\xff" * 4
    content[entry + 30 : entry + 32] = struct.pack("<H", len(extra))
    content[end + 12 : end + 16] = struct.pack("<I", end - entry + len(extra))
    content[end:end] = extra
    assert "已损坏或打包方式异常" in refused(bytes(content), ArchiveUnreadable)
