"""Dry run, import and undo: what is reported, what is written, and that it is all or nothing."""

from io import BytesIO

import pytest
from tests.enterprises.conftest import code
from tests.factories.lists import counts, table, write

from keqiao.accounts.models import Kind
from keqiao.enterprises.models import Enterprise
from keqiao.imports.lists import list_of
from keqiao.imports.models import ImportedRow, StagedRow
from keqiao.imports.operations.checking import KEPT
from keqiao.imports.operations.turns import apply_import, undo_import
from keqiao.imports.rows import header_of
from keqiao.imports.sheets import rows_of
from keqiao.imports.states import ImportState
from keqiao.kernel.models import Entry
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform.errors import Refusal, WrongState

pytestmark = pytest.mark.django_db


def plain(*names: str, first: int = 1) -> list[str]:
    return [f"{name},{code(number)},,,,," for number, name in enumerate(names, start=first)]


def test_a_dry_run_writes_no_enterprise_and_one_record(check):
    found = check(table(*plain("甲", "乙")))
    assert (Enterprise.objects.count(), counts(found)) == (0, (2, 2, 0, 0, 0))
    entry = Entry.objects.get(subject_type="imports.import")
    assert (entry.operation, entry.files_named) == ("check_import_of_enterprises", [found.blob.sha256])


def test_what_has_errors_or_no_rows_can_not_be_applied(check, person):
    for file in (table("甲,1,,,,,"), table()):
        with pytest.raises(Refusal):
            apply_import(source=check(file), actor=person())
    assert Enterprise.objects.count() == 0


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
    assert not Entry.objects.filter(operation="finish_import_of_enterprises").exists()


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


TEMPLATE = "/imports/lists/enterprises/template.xlsx"


def test_the_pages_of_an_import(check, person, seen_by):
    actor = person()
    client = seen_by(actor)
    found = check(table("甲,1,,,,,"), actor)
    page = client.get(f"/imports/{found.pk}/").content.decode()
    assert ("统一社会信用代码" in page, TEMPLATE in page) == (True, True)
    opened = [client.get(one).status_code for one in (TEMPLATE, "/imports/", "/imports/lists/")]
    assert opened == [200, 200, 200]
    expert = seen_by(person(None, kind=Kind.EXPERT))
    assert [expert.get(one).status_code for one in (TEMPLATE, "/imports/lists/")] == [404, 404]


def test_the_way_to_it_is_offered_before_the_first_import_to_those_who_may_import(
    person, enterprise, seen_by
):
    staff, client = person(), person(None, kind=Kind.CLIENT, enterprise_id=enterprise(1).pk)
    offered = {
        "/imports/": "/imports/lists/",
        "/imports/lists/": TEMPLATE,
        "/imports/do/check_import_of_enterprises/": TEMPLATE,
        "/enterprises/": "/imports/do/check_import_of_enterprises/",
        "/tags/": "/imports/do/check_import_of_tags/",
    }
    for page, way in offered.items():
        assert f'href="{way}"' in seen_by(staff).get(page).content.decode()
    for page in ("/imports/", "/enterprises/"):
        assert offered[page] not in seen_by(client).get(page).content.decode()


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


def test_the_template_is_offered_before_the_first_import_to_those_who_may_import(person, enterprise, seen_by):
    staff = seen_by(person())
    client = seen_by(person(None, kind=Kind.CLIENT, enterprise_id=enterprise(1).pk))
    assert 'href="/imports/lists/"' in staff.get("/imports/").content.decode()
    assert f'href="{TEMPLATE}"' in staff.get("/imports/lists/").content.decode()
    assert (client.get("/imports/lists/").status_code, client.get(TEMPLATE).status_code) == (404, 404)
    assert "imports/lists" not in client.get("/imports/").content.decode()


def test_the_template_is_itself_a_list_in_both_languages(person, seen_by):
    client, listed = seen_by(person()), list_of("enterprises")
    for language, first in (("zh-hans", "企业名称"), ("en", "enterprise name")):
        client.cookies["keqiao_language"] = language
        content = client.get(TEMPLATE).content
        _number, cells = next(rows_of(BytesIO(content)))
        header = header_of(cells, shape=listed.shape)
        assert (cells[0], list(header.places), header.unknown) == (
            first,
            [column.name for column in listed.columns],
            (),
        )
