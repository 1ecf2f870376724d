"""Dry run, import and undo: what is reported, what is written, and that it is all or nothing."""

import pytest
from django.db.models import Count
from tests.enterprises.conftest import HEAD, code, table, write

from keqiao.accounts.models import Kind, Role
from keqiao.enterprises.models import Contact, Enterprise, ImportedRow, StagedRow
from keqiao.enterprises.operations.imports import KEPT, import_enterprises, undo_import
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.states import ImportState
from keqiao.kernel.models import Entry
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform.errors import Refusal, WrongState
from keqiao.kernel.platform.levels import Level

pytestmark = pytest.mark.django_db


def counts(source):
    return source.rows, source.new, source.changed, source.unchanged, source.wrong


def plain(*names: str, first: int = 1) -> list[str]:
    return [f"{name},{code(number)},,,,," for number, name in enumerate(names, start=first)]


def test_each_bad_cell_is_named_with_row_column_value_and_fault(check):
    good = code(5)
    found = check(
        table(
            f",{code(1)},,,,,",
            "乙,91440300000000002A,,,,,",
            f"丙,{code(3)},9999,Z9,巨型,2016-02-30,{'长' * 201}",
            f"丁,{good},,,,,",
            f"戊,{good},,,,,",
            "己,,,,,,",
        )
    )
    assert counts(found) == (6, 1, 0, 0, 5)
    assert [error[:3] for error in found.errors] == [
        [2, "企业名称", ""],
        [3, "统一社会信用代码", "91440300000000002A"],
        [4, "地区", "9999"],
        [4, "行业", "Z9"],
        [4, "规模", "巨型"],
        [4, "成立日期", "2016-02-30"],
        [4, "地址", "长" * 80],
        [6, "统一社会信用代码", good],
        [7, "统一社会信用代码", ""],
    ]
    assert all(error[3] for error in found.errors)
    assert Enterprise.objects.count() == 0


def test_a_dry_run_writes_no_enterprise_and_one_record(check):
    found = check(table(*plain("甲", "乙")))
    assert (Enterprise.objects.count(), counts(found)) == (0, (2, 2, 0, 0, 0))
    entry = Entry.objects.get(subject_type="enterprises.import")
    assert (entry.operation, entry.files_named) == ("check_import", [found.blob.sha256])


def test_what_has_errors_or_no_rows_can_not_be_applied(check, person):
    for file in (table("甲,1,,,,,"), table()):
        with pytest.raises(Refusal):
            import_enterprises(source=check(file), actor=person())
    assert Enterprise.objects.count() == 0


def test_new_changed_unchanged_and_an_empty_cell_says_nothing(check, person, enterprise):
    actor = person()
    changed = enterprise(1, name="旧名", address="旧址", owner=actor)
    same = enterprise(2, name="乙", owner=actor)
    source = check(table(f"甲,{code(1)},4403,,,,", *plain("乙", "丙", first=2)), actor)
    assert counts(source) == (3, 1, 1, 1, 0)
    write(source, actor)
    changed.refresh_from_db()
    assert (changed.name, changed.region, changed.address, changed.version) == ("甲", "4403", "旧址", 2)
    assert Enterprise.objects.get(pk=same.pk).version == 1
    new = Enterprise.objects.get(uscc=code(3))
    assert (new.name, new.owner, new.level) == ("丙", actor, Level.INTERNAL)
    titles = SearchDocument.objects.filter(model="enterprises.Enterprise").values_list("title", flat=True)
    assert sorted(titles) == ["丙", "乙", "甲"]


def test_a_second_run_changes_nothing(check, person):
    actor, rows = person(), plain("甲", "乙")
    write(check(table(*rows), actor), actor)
    before = list(Enterprise.objects.order_by("pk").values())
    again = check(table(*rows), actor)
    write(again, actor)
    assert counts(again) == (2, 0, 0, 2, 0)
    assert list(Enterprise.objects.order_by("pk").values()) == before
    assert again.changes.count() == 0


def test_an_import_is_applied_once(check, person):
    actor = person()
    source = check(table(*plain("甲")), actor)
    write(source, actor)
    with pytest.raises(WrongState):
        write(source, actor)


def test_a_consultant_changes_no_one_elses_enterprise_and_a_manager_does(check, person, enterprise):
    enterprise(1, name="旧名", owner=person())
    file = plain("新名")
    assert counts(check(table(*file))) == (1, 0, 0, 0, 1)
    assert counts(check(table(*file), person(Role.MANAGER))) == (1, 0, 1, 0, 0)


def test_nobody_imports_over_what_is_above_their_clearance(check, person, enterprise):
    enterprise(1, name="甲", level=Level.CORE_TRADE_SECRET)
    assert counts(check(table(*plain("甲")), person(Role.MANAGER))) == (1, 0, 0, 0, 1)
    assert counts(check(table(*plain("甲")), person(Role.MANAGER, clearance=3))) == (1, 0, 0, 1, 0)


def test_a_merged_record_is_not_brought_back(check, person, enterprise):
    stays = enterprise(2, name="留下的")
    enterprise(1, name="并入的", merged_into=stays)
    found = check(table(*plain("并入的")), person(Role.MANAGER))
    assert (counts(found)[-1], "留下的" in found.errors[0][3]) == (1, True)


@pytest.mark.parametrize(
    ("stays", "merged"),
    [(Level.CORE_TRADE_SECRET, Level.INTERNAL), (Level.INTERNAL, Level.CORE_TRADE_SECRET)],
)
def test_a_merged_record_names_nothing_above_the_readers_clearance(check, person, enterprise, stays, merged):
    target = enterprise(2, name="留下的", level=stays)
    enterprise(1, name="并入的", merged_into=target, level=merged)
    found = check(table(*plain("并入的")), person(Role.MANAGER))
    assert (counts(found)[-1], [error[3] for error in found.errors]) == (1, [str(is_responsible.reason)])
    assert "留下的" in check(table(*plain("并入的")), person(Role.MANAGER, clearance=3)).errors[0][3]


def test_the_same_name_under_another_code_is_worth_a_look(check, enterprise):
    enterprise(7, name="甲")
    found = check(table(*plain("甲", "乙")))
    assert (counts(found), [note[:3] for note in found.notes]) == ((2, 2, 0, 0, 0), [[2, "企业名称", "甲"]])
    assert code(7) in found.notes[0][3]


def test_a_failure_in_the_middle_leaves_nothing(check, person, enterprise):
    """The last of 1,001 rows, in the second batch, has gone to someone else since the dry run."""
    actor = person()
    last = enterprise(1001, name="旧名", owner=actor)
    source = check(table(*plain(*(f"示例{n}" for n in range(1, 1002)))), actor)
    assert counts(source) == (1001, 1000, 1, 0, 0)
    Enterprise.objects.filter(pk=last.pk).update(owner=person())
    write(source, actor)
    left = (
        Enterprise.objects.count(),
        ImportedRow.objects.count(),
        StagedRow.objects.count(),
        SearchDocument.objects.get(model="enterprises.Enterprise").title,
    )
    assert (left, source.state) == ((1, 0, 0, "旧名"), ImportState.CHECKED)
    row = f"第 1002 行，统一社会信用代码，“{code(1001)}”：只有负责顾问或管理人员可以办理。"
    assert source.problem == f"{row} 检查之后数据有变动，未写入任何内容。请重新导入文件。"
    assert not Entry.objects.filter(operation="finish_import").exists()


def test_undo_takes_everything_back(check, person, enterprise):
    actor = person()
    changed = enterprise(1, name="旧名", region="4403", owner=actor)
    rows = [f"甲,{code(1)},4401,C,,2016-08-01,新址", *plain(*(f"示例{n}" for n in range(2, 1102)), first=2)]
    source = check(table(*rows), actor)
    write(source, actor)
    assert Enterprise.objects.count() == 1101
    undo_import(source=source, actor=actor)
    changed.refresh_from_db()
    assert (Enterprise.objects.get(), source.state) == (changed, ImportState.UNDONE)
    kept = (
        changed.name,
        changed.region,
        changed.industry,
        changed.registered_on,
        changed.address,
        changed.version,
    )
    assert kept == ("旧名", "4403", "", None, "", 3)
    assert (
        SearchDocument.objects.filter(model="enterprises.Enterprise").values_list("title", flat=True).get()
        == "旧名"
    )


@pytest.mark.parametrize("touch", ["version", "contact", "client"])
def test_undo_is_refused_when_something_was_done_since(check, person, touch):
    actor = person()
    source = check(table(*plain("甲", "乙")), actor)
    write(source, actor)
    one = Enterprise.objects.get(uscc=code(2))
    if touch == "version":
        Enterprise.objects.filter(pk=one.pk).update(version=2)
    elif touch == "contact":
        Contact.objects.create(enterprise=one, name="联系人")
    else:
        person(None, kind=Kind.CLIENT, enterprise_id=one.pk)
    with pytest.raises(Refusal) as refused:
        undo_import(source=source, actor=actor)
    assert "乙" in str(refused.value.missing[0].text)
    assert Enterprise.objects.aggregate(n=Count("pk")) == {"n": 2}


def test_the_pages_of_an_import(check, person, seen_by):
    actor = person()
    client = seen_by(actor)
    found = check(table("甲,1,,,,,"), actor)
    page = client.get(f"/imports/{found.pk}/").content.decode()
    assert "统一社会信用代码" in page
    assert client.get("/imports/template.xlsx").status_code == 200
    assert seen_by(person(None, kind=Kind.EXPERT)).get("/imports/template.xlsx").status_code == 404
    assert client.get("/imports/").status_code == 200


def test_the_template_is_offered_before_the_first_import_to_those_who_may_import(person, enterprise, seen_by):
    staff, client = person(), person(None, kind=Kind.CLIENT, enterprise_id=enterprise(1).pk)
    for page in ("/imports/", "/imports/do/check_import/"):
        assert 'href="/imports/template.xlsx"' in seen_by(staff).get(page).content.decode()
    assert "template.xlsx" not in seen_by(client).get("/imports/").content.decode()


def test_of_many_wrong_cells_the_first_are_shown_and_all_are_counted(check, person, seen_by):
    actor = person()
    found = check(table(*[f"甲{n},{n},,,,," for n in range(KEPT + 7)]), actor)
    assert (len(found.errors), found.errors_found) == (KEPT, KEPT + 7)
    page = seen_by(actor).get(f"/imports/{found.pk}/").content.decode()
    assert "共 507 处，此处列出前 500 处。" in page


def test_of_many_doubles_the_first_are_shown_and_all_are_counted(check, person, enterprise):
    for n in range(KEPT + 7):
        enterprise(n + 1, name=f"甲{n}")
    found = check(table(*plain(*[f"甲{n}" for n in range(KEPT + 7)], first=1000)))
    assert (len(found.notes), found.notes_found, found.errors_found) == (KEPT, KEPT + 7, 0)


def test_the_template_is_itself_a_list_in_both_languages(check, person, seen_by):
    from keqiao.enterprises.importing import COLUMNS, header_of
    from keqiao.enterprises.sheets import rows_of

    client = seen_by(person())
    for language in ("zh-hans", "en"):
        client.cookies["keqiao_language"] = language
        content = client.get("/imports/template.xlsx").content
        from io import BytesIO

        header = header_of(next(rows_of(BytesIO(content))))
        assert (list(header.places), header.unknown) == (list(COLUMNS), ())
    assert HEAD.split(",")[0] == COLUMNS["name"][0]
