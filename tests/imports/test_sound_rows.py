"""Sound rows are taken while bad ones come back marked; what an update changes is shown before and after."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.enterprises.conftest import code
from tests.factories.lists import counts, table, upload

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.imports.models import Import
from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import apply_import, take_sound_rows, undo_import
from keqiao.imports.updates import updates_of
from keqiao.kernel.platform.errors import NotAllowed, Refusal
from keqiao.kernel.platform.levels import Level

pytestmark = pytest.mark.django_db
HEAD = "序号,企业名称,统一社会信用代码,地区,规模"


def listed(*rows: str):
    return table(*rows, head=HEAD)


def take(source: Import, actor) -> Import:
    take_sound_rows(source=source, actor=actor)
    run_import(pk=source.pk)
    source.refresh_from_db()
    return source


def test_the_sound_rows_are_written_and_undone_and_the_others_stay_out(check, person, enterprise):
    actor = person()
    there = enterprise(1, name="示例旧名", owner=actor)
    rows = (f"1,示例新名,{code(1)},,", f"2,示例乙,{code(2)},火星,", "3,示例丙,1,,", f"4,示例丁,{code(4)},44,")
    source = check(listed(*rows), actor)
    with pytest.raises(Refusal):
        apply_import(source=source, actor=actor)
    done = take(Import.objects.get(), actor)
    assert (done.state, done.sound_only, counts(done)) == ("applied", True, (4, 1, 1, 0, 2))
    assert list(Enterprise.objects.order_by("pk").values_list("name", flat=True)) == ["示例新名", "示例丁"]
    undo_import(source=done, actor=actor)
    assert list(Enterprise.objects.values_list("pk", "name")) == [(there.pk, "示例旧名")]


def test_what_became_wrong_since_the_check_stays_out_and_is_counted(check, person, enterprise):
    actor = person()
    source = check(listed(f"1,示例甲,{code(1)},,", f"2,示例乙,{code(2)},,", "3,示例丙,1,,"), actor)
    enterprise(1, owner=person(Role.MANAGER))  # another's by now
    done = take(source, actor)
    assert (done.state, counts(done)) == ("applied", (3, 1, 0, 0, 2))


def test_without_errors_there_is_nothing_to_leave_out(check, person):
    actor = person()
    with pytest.raises(NotAllowed):
        take_sound_rows(source=check(listed(f"1,示例甲,{code(1)},,"), actor), actor=actor)


def sheet_of(answer):
    return load_workbook(BytesIO(answer.getvalue())).active


def test_the_marked_file_holds_the_bad_rows_with_the_reason_in_each_bad_cell(check, person, seen_by):
    actor = person()
    bad = (f"2,=1+1,{code(2)},火星,巨型", "3,示例丙,,,")
    source = check(listed(f"1,示例甲,{code(1)},,", *bad), actor)
    browser = seen_by(actor)
    page = browser.get(f"/imports/{source.pk}/").content.decode()
    assert f"/imports/{source.pk}/to-correct.xlsx" in page
    sheet = sheet_of(browser.get(f"/imports/{source.pk}/to-correct.xlsx"))
    assert [[cell.value for cell in row][:5] for row in sheet.rows] == [
        HEAD.split(","),
        ["2", "=1+1", code(2), "火星", "巨型"],
        ["3", "示例丙", None, None, None],
    ]
    assert [cell.coordinate for row in sheet.rows for cell in row if cell.comment] == ["D2", "E2", "C3"]
    assert sheet["B2"].data_type == "s"
    assert sheet["E2"].comment.text == "规模应为大型、中型、小型或微型。"
    assert sheet["F3"].value == "统一社会信用代码: 缺少统一社会信用代码。"
    assert (sheet["C3"].fill.fgColor.rgb, sheet["C2"].fill.fgColor.rgb) == ("FFFFC7CE", "00000000")


def test_corrected_the_marked_file_is_imported_like_any_list(check, person, seen_by):
    actor = person()
    source = check(listed(f"1,示例甲,{code(1)},火星,", f"2,示例乙,{code(2)},44,"), actor)
    take(source, actor)
    book = load_workbook(BytesIO(seen_by(actor).get(f"/imports/{source.pk}/to-correct.xlsx").getvalue()))
    book.active["D2"].value = "深圳市"
    target = BytesIO()
    book.save(target)
    again = check(upload(target.getvalue(), "list.xlsx"), actor)
    assert (counts(again), again.unknown_columns) == ((1, 1, 0, 0, 0), "序号、需改正之处")


def test_others_have_no_marked_file(check, person, seen_by):
    source = check(listed("3,示例丙,,,"))
    assert seen_by(person()).get(f"/imports/{source.pk}/to-correct.xlsx").status_code == 404


def test_what_an_update_changes_is_shown_before_and_after(check, person, enterprise, seen_by):
    actor = person()
    there = enterprise(1, name="示例旧名", region="44", size="small", owner=actor)
    source = check(listed(f"1,示例新名,{code(1)},深圳市,中型"), actor)
    got = updates_of(source, actor)
    said = [
        (update.row, update.name, update.column, update.before, update.after) for update in got["updates"]
    ]
    assert (got["number"], said) == (
        3,
        [
            (2, "示例旧名", "企业名称", "示例旧名", "示例新名"),
            (2, "示例旧名", "地区", "广东省 44", "广东省深圳市 4403"),
            (2, "示例旧名", "规模", "小型", "中型"),
        ],
    )
    page = seen_by(actor).get(f"/imports/{source.pk}/").content.decode()
    assert "广东省深圳市 4403" in page
    there.refresh_from_db()
    assert there.name == "示例旧名"


def test_whoever_may_not_see_the_row_reads_nothing_of_it(check, person, enterprise):
    cleared = person(clearance=Level.CORE_TRADE_SECRET)
    enterprise(1, name="示例旧名", level=Level.CORE_TRADE_SECRET, owner=cleared)
    source = check(listed(f"1,示例新名,{code(1)},,"), cleared)
    assert len(updates_of(source, cleared)["updates"]) == 1
    assert updates_of(source, person(Role.MANAGER, clearance=Level.INTERNAL))["updates"] == []


def test_contacts_come_from_the_same_sheet_as_their_enterprises(check, person):
    actor = person()
    head = "企业名称,统一社会信用代码,联系人,职务,联系电话,电子邮箱"
    content = table(f"示例甲,{code(1)},甄示例,总经理,0575-1111111,zhen@example.com", head=head).read()
    source = check(upload(content), actor)
    apply_import(source=source, actor=actor)
    run_import(pk=source.pk)
    contacts = check(upload(content), actor, of="contacts")
    assert (counts(contacts), contacts.unknown_columns) == ((1, 1, 0, 0, 0), "企业名称")
    apply_import(source=contacts, actor=actor)
    run_import(pk=contacts.pk)
    assert Contact.objects.values_list("enterprise__uscc", "name", "title", "phone", "email").get() == (
        code(1), "甄示例", "总经理", "0575-1111111", "zhen@example.com",
    )  # fmt: skip
