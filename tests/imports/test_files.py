"""Lists as offices send them: encodings, separators, Excel, and files that are none."""

import csv
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.xml.constants import SHARED_STRINGS
from tests.enterprises.conftest import code
from tests.factories.lists import HEAD, sheet, table, upload, write

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform.errors import Invalid
from sheets import package

pytestmark = pytest.mark.django_db
ROW = f"示例𠮷科技有限公司,{code(1)},4403,39,小型,2016-08-01,深圳市南山区示例路1号"
WANTED = {
    "name": "示例𠮷科技有限公司",
    "uscc": code(1),
    "region": "4403",
    "industry": "39",
    "size": "small",
    "registered_on": date(2016, 8, 1),
    "address": "深圳市南山区示例路1号",
}


def applied(source, actor) -> dict:
    write(source, actor)
    return Enterprise.objects.values(*WANTED).get()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-with-bom"])
def test_every_encoding_gives_the_same(check, person, encoding):
    actor = person()
    if encoding == "utf-16-le-with-bom":
        file = upload(b"\xff\xfe" + f"{HEAD}\r\n{ROW}\r\n".encode("utf-16-le"))
    else:
        file = table(ROW, encoding=encoding)
    assert applied(check(file, actor), actor) == WANTED


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(check, person, separator):
    actor = person()
    file = table(ROW.replace(",", separator), head=HEAD.replace(",", separator))
    assert applied(check(file, actor), actor) == WANTED


def test_excel_gives_the_same(check, person):
    actor = person()
    values = ["示例𠮷科技有限公司", code(1), 4403, 39, "小型", date(2016, 8, 1), "深圳市南山区示例路1号"]
    assert applied(check(sheet(HEAD.split(","), values), actor), actor) == WANTED


def test_english_names_of_columns(check, person):
    actor = person()
    head = "Enterprise,Unified social credit code,Region,Industry,Size,Registered on,Address"
    assert applied(check(table(ROW, head=head), actor), actor) == WANTED


def test_names_instead_of_codes_and_what_our_own_export_writes(check, person):
    actor = person()
    by_name = f"甲,{code(1)},深圳市,专用设备制造业,小,2016年8月1日,"
    exported = f"乙,{code(2)},广东省深圳市 4403,专用设备制造业 35,小型,2016/8/1,'=1+1"
    county = f"丙,{code(3)},440305,C,MICRO,20160801,"
    write(check(table(by_name, exported, county), actor), actor)
    rows = Enterprise.objects.order_by("uscc").values_list(
        "region", "industry", "size", "registered_on", "address"
    )
    day = date(2016, 8, 1)
    assert list(rows) == [
        ("4403", "35", "small", day, ""),
        ("4403", "35", "small", day, "=1+1"),
        ("4403", "C", "micro", day, ""),
    ]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+86", "-1", "@SUM(A1)"])
def test_text_like_a_formula_stays_text(check, person, text):
    actor = person()
    write(check(sheet(["名称", "信用代码"], [f"'{text}", code(1)]), actor), actor)
    assert Enterprise.objects.get().name == f"'{text}"
    write(check(table(f"{text},{code(1)}", head="名称,信用代码"), actor), actor)
    assert Enterprise.objects.get().name == text


def test_a_code_of_digits_survives_as_text_and_is_refused_as_a_rounded_number(check):
    digits = next(code(n) for n in range(1, 40) if code(n).isdigit())
    rows = [["名称", "信用代码"], ["甲", digits], ["乙", int(digits)]]
    found = check(sheet(*rows))
    assert (found.new, found.wrong) == (1, 1)
    assert found.errors[0][:3] == [3, "信用代码", digits[:15] + "000"]  # all that Excel left of it


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n1 0 obj\nstartxref\n%%EOF\n", "list.pdf"),
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n", "list.csv"),
        ("名称,信用代码\r\n甲\0,1\r\n".encode(), "nul.csv"),
        ("讲义：第一章\r\n".encode(), "text.csv"),
        ("只有名称的列\r\n企业名称\r\n".encode(), "list.csv"),
        ("名称,信用代码,企业名称\r\n".encode(), "double.csv"),
        (f'名称,信用代码\r\n"{"x" * 200_000}",1\r\n'.encode(), "cell.csv"),
    ],
)
def test_what_is_no_list_is_refused_whole(check, content, name):
    with pytest.raises(Invalid) as refused:
        check(upload(content, name))
    assert "file" in refused.value.fields
    assert str(refused.value.remedy)


def test_a_lost_quotation_mark_is_found_whatever_limit_the_process_has(check):
    before = csv.field_size_limit(2**24)
    try:
        with pytest.raises(Invalid) as refused:
            check(upload(f'名称,信用代码\r\n"{"x" * 200_000}",1\r\n'.encode(), "cell.csv"))
    finally:
        csv.field_size_limit(before)
    assert "file" in refused.value.fields


def test_a_zip_that_only_looks_like_excel(check):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("note.txt", "x")
    with pytest.raises(Invalid):
        check(upload(target.getvalue(), "list.xlsx"))


def test_one_cell_in_the_far_corner_costs_nothing(check):
    book = Workbook()
    book.active.append(["名称", "信用代码"])
    book.active.append(["甲", code(1)])
    book.active["XFD1048576"] = "x"
    target = BytesIO()
    book.save(target)
    found = check(upload(target.getvalue(), "list.xlsx"))
    assert (found.rows, found.new, found.wrong) == (2, 1, 1)


def test_a_thousand_columns_are_passed_over_by_name(check):
    head = ["名称", "信用代码", *(f"列{n}" for n in range(998))]
    found = check(table(",".join(["甲", code(1), *["x"] * 998]), head=",".join(head)))
    assert (found.new, found.wrong, found.unknown_columns[:11]) == (1, 0, "列0、列1、列2、列3")
    assert len(found.unknown_columns) == 400


def test_a_failed_formula_is_no_name(check):
    found = check(sheet(["名称", "信用代码"], ["#REF!", code(1)]))
    assert found.errors[0][:3] == [2, "名称", "#REF!"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></Types>'.encode()


def repacked(file, **parts):
    """The workbook with these parts put in place of its own, `xl__styles` for xl/styles.xml. It has shared texts."""
    parts = {"xl__sharedStrings": f'<sst xmlns="{MAIN}"/>'} | parts
    target = BytesIO()
    with ZipFile(BytesIO(file.read())) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        new = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
        for name in {**dict.fromkeys(given.namelist()), **new}:
            made.writestr(name, new[name] if name in new else given.read(name).replace(b"</Types>", TEXTS))
    return upload(target.getvalue(), "list.xlsx")


def in_styles():
    fonts = "<font/>" * 400_000
    return {"xl__styles": f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts></styleSheet>'}


def in_theme():
    return {"xl__theme__theme1": "<a>" + "<b/>" * 600_000 + "</a>"}


def in_texts():
    return {"xl__sharedStrings": f'<sst xmlns="{MAIN}">' + "<si/>" * 1_300_000 + "</sst>"}


@pytest.mark.parametrize("parts", [in_styles, in_theme, in_texts])
def test_what_is_beside_the_rows_does_not_fill_the_memory(check, parts, monkeypatch):
    monkeypatch.setattr(package, "MOST_TEXTS", 1_000_000)
    with pytest.raises(Invalid, match="清单不需要的内容"):
        check(repacked(sheet(["名称", "信用代码"], ["甲", code(1)]), **parts()))


def test_texts_in_pieces_and_with_pronunciation_are_read_as_they_are_shown(check, person):
    items = "<si><r><t>示例</t></r><r><rPr/><t>公司</t></r><rPh><t>xx</t></rPh></si>"
    texts = f'<sst xmlns="{MAIN}"><si><t>名称</t></si><si><t>信用代码</t></si>{items}<si><t>{code(1)}</t></si></sst>'
    actor = person()
    cell = '<c t="s"><v>{}</v></c>'
    cells = "".join(f"<row>{cell.format(a)}{cell.format(b)}</row>" for a, b in ((0, 1), (2, 3)))
    rows = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    file = repacked(sheet(["甲"]), xl__sharedStrings=texts, xl__worksheets__sheet1=rows)
    write(check(file, actor), actor)
    assert Enterprise.objects.get().name == "示例公司"


@pytest.mark.parametrize("line", ["a" * 2**21, '"' + ('a\n","' * 400_000) + '"'])
def test_a_row_without_end_is_refused(check, line):
    with pytest.raises(Invalid, match="第 2 行"):
        check(upload(f"名称,信用代码\n{line}\n".encode()))


@pytest.mark.parametrize("text", ["＝一", "＋一", "－一", "＠一", "=1", "'=1", "''＝1", "'一"])
def test_our_own_export_comes_back_unchanged(check, person, enterprise, seen_by, text):
    manager = person(Role.MANAGER)
    enterprise(1, name=text, address=text)
    made = seen_by(manager).get("/enterprises/export.csv").getvalue()
    found = check(upload(made), manager)
    assert (found.rows, found.unchanged, found.errors) == (1, 1, [])
