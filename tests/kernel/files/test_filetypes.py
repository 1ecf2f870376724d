"""What a file is follows from its bytes, whatever it is called."""

import io
import zlib

import pytest
from tests.kernel.files import samples

from keqiao.kernel.files import filetypes, images
from keqiao.kernel.files.file_errors import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    KindRefused,
    OldOfficeRefused,
    PixelFlood,
    ProgramRefused,
)


def judged(content, kinds=filetypes.DEFAULT):
    file = io.BytesIO(content)
    kind = filetypes.identify(file=file, kinds=kinds)
    assert file.tell() == 0
    return kind.key


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.PDF, "pdf"),
        (samples.picture("PNG"), "png"),
        (samples.picture("JPEG"), "jpeg"),
        (samples.picture("WEBP"), "webp"),
        (samples.heic(), "heic"),
        (samples.word(), "docx"),
        (samples.excel(), "xlsx"),
        (samples.slides(), "pptx"),
        (samples.packed({"OFD.xml": "<OFD/>"}), "ofd"),
        (samples.packed({"图纸.dwg": b"AC1032\0\x01"}), "zip"),
        ("名称,金额\n示例企业,12\n".encode(), "text"),
        ("名称,金额\n示例企业,12\n".encode("gb18030"), "text"),
        ("名称,金额\n示例企业,12\n".encode("utf-8-sig"), "text"),
        ("名称,金额\n示例企业,12\n".encode("utf-16"), "text"),
        (b"MZ,BZh,MSCF\n1,2,3\n", "text"),
        (b"a < b and c > d\n", "text"),
        (b"<!DOCTYPE html><p>x", "html"),
        ("\ufeff \n<!-- x --><ScRiPt>1</script>".encode(), "html"),
        (b"<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "svg"),
        ("<svg:svg xmlns:svg='x'/>".encode("utf-16"), "svg"),
        (b"<?xml version='1.0'?><invoice/>", "xml"),
    ],
)
def test_the_kind_is_judged_from_the_bytes(content, kind):
    assert judged(content) == kind


@pytest.mark.parametrize("kind", ["html", "svg", "xml"])
def test_what_a_browser_would_run_is_handed_out_as_unnamed_bytes(kind):
    assert filetypes.KINDS[kind].media_type == "application/octet-stream"
    assert filetypes.KINDS[kind].inline is False


@pytest.mark.parametrize(
    "content",
    [
        samples.WINDOWS_PROGRAM,
        b"\x7fELF\x02\x01\x01" + bytes(60),
        b"\xcf\xfa\xed\xfe" + bytes(60),
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"#!/bin/sh\nrm -rf x\n",
        b"\xef\xbb\xbf#!/bin/sh\n",
        b"L\0\0\0\x01\x14\x02\0" + bytes(60),
        b"\0asm\x01\0\0\0",
    ],
)
def test_programs_are_refused(content):
    with pytest.raises(ProgramRefused):
        judged(content)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldOfficeRefused),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), KindRefused),
        (b"Rar!\x1a\x07\x01\0" + bytes(60), KindRefused),
        (b"text with a \0 in it", KindRefused),
        (b"text with an \x1b escape", KindRefused),
        (b"\xff\xfe" + "名称\0".encode("utf-16-le"), KindRefused),
        (b"\x81", KindRefused),
        (b"{\\rtf1", None),
    ],
)
def test_other_kinds_are_refused(content, error):
    if error is None:
        assert judged(content) == "text"
        return
    with pytest.raises(error):
        judged(content)


@pytest.mark.parametrize(
    "content",
    [
        samples.PDF[:-30],
        samples.picture("PNG")[:-5],
        samples.picture("PNG") + b"appended",
        samples.picture("JPEG", 400, 300)[: -len(samples.picture("JPEG", 400, 300)) // 2],
        samples.picture("WEBP")[:-4],
        samples.heic()[:-1],
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\xff\xd8\xff\xe0nonsense",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0meta",
    ],
)
def test_a_file_cut_off_or_damaged_is_refused(content):
    with pytest.raises(DamagedFile):
        judged(content)


@pytest.mark.parametrize(("width", "height"), [(images.MOST_PARTS, 8_001), (50_000, 50_000), (9_500, 9_500)])
def test_a_pixel_flood_is_stopped_by_its_header(width, height):
    with pytest.raises(PixelFlood):
        judged(samples.png_header(width, height))


def test_the_largest_picture_is_taken():
    assert images.MAX_PIXELS == 80_000_000
    assert judged(samples.png_header(images.MOST_PARTS, 8_000)) == "png"


def test_a_kind_not_wanted_here_is_refused_and_those_wanted_are_named():
    with pytest.raises(KindRefused) as refused:
        judged(samples.PDF, kinds=filetypes.PICTURES)
    assert "png, jpeg, webp, heic" in str(refused.value)


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_FILE_BYTES = 1024 * 1024
    assert judged(b"x" * 1024 * 1024) == "text"
    with pytest.raises(FileTooLarge):
        judged(b"x" * (1024 * 1024 + 1))


def of_many_parts(kind, count):
    """A picture that is whole, but for a heap of empty parts before what it shows."""
    if kind == "HEIC":
        return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x08free" * count + samples.heic()[24:]
    whole = samples.picture(kind)
    if kind == "JPEG":
        return whole[:2] + b"\xff\xe5\0\2" * count + whole[2:]
    return whole[:33] + (b"\0\0\0\0abCd" + zlib.crc32(b"abCd").to_bytes(4, "big")) * count + whole[33:]


@pytest.mark.parametrize("kind", ["HEIC", "JPEG", "PNG"])
def test_a_picture_of_parts_without_end_is_given_up(kind):
    assert judged(of_many_parts(kind, 100)) == kind.lower()
    with pytest.raises(DamagedFile):
        judged(of_many_parts(kind, images.MOST_PARTS))
