"""A list of a plain model, declared with a key and no more: tags. Each row is written by a step of its own."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.enterprises.conftest import code
from tests.factories.lists import check, counts, table, upload, write

from keqiao.accounts.models import Role
from keqiao.accounts.permissions import is_manager
from keqiao.enterprises.models import Contact, Tag
from keqiao.imports import lists
from keqiao.imports.declaring import declare
from keqiao.imports.lists import ImportList
from keqiao.imports.models import Import, ImportedRow
from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import apply_import, undo_import
from keqiao.imports.states import ImportState
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import NotAllowed, Refusal
from keqiao.kernel.steps import operation
from keqiao.organisation.models import Expert

pytestmark = pytest.mark.django_db


def tags(*names: str):
    return table(*names, head="标签")


def steps():
    return [(entry.operation, entry.subject_type) for entry in Entry.objects.order_by("pk")]


def test_each_row_is_a_step_with_its_own_entry(person):
    actor = person()
    Tag.objects.create(name="国高")
    source = check(tags("国高", "专精特新", "小巨人"), actor, of="tags")
    assert counts(source) == (3, 2, 0, 1, 0)
    write(source, actor)
    assert source.state == ImportState.APPLIED
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["专精特新", "国高", "小巨人"]
    assert steps() == [
        ("check_import_of_tags", "imports.import"),
        ("apply_import", "imports.import"),
        ("create_tag", "enterprises.tag"),
        ("create_tag", "enterprises.tag"),
        ("finish_import_of_tags", "imports.import"),
    ]


def test_what_the_model_refuses_is_refused_by_the_dry_run(person):
    found = check(tags("长" * 41, "国高", "国高"), person(), of="tags")
    assert (counts(found), [error[:3] for error in found.errors]) == (
        (3, 1, 0, 0, 2),
        [[2, "标签", "长" * 41], [4, "标签", "国高"]],
    )
    assert "第 3 行" in found.errors[1][3]
    with pytest.raises(Refusal):
        apply_import(source=found, actor=person())


def test_what_no_step_takes_back_is_said(person):
    actor = person()
    source = check(tags("国高"), actor, of="tags")
    write(source, actor)
    with pytest.raises(Refusal) as refused:
        undo_import(source=source, actor=actor)
    assert str(refused.value.missing[0].text) == "本次导入新增的内容无法撤销：此类记录不能移除或停用。"
    assert Tag.objects.count() == 1


def test_a_long_list_is_not_written_step_by_step(person, monkeypatch):
    listed = lists.list_of("tags")
    shorter = replace(listed, writer=replace(listed.writer, most=2))
    monkeypatch.setitem(lists._lists, "tags", shorter)
    actor = person()
    with pytest.raises(Refusal, match="最多写入 2 行，现有 3 行"):
        apply_import(source=check(tags("甲", "乙", "丙"), actor, of="tags"), actor=actor)


def test_its_own_export_comes_back_unchanged(person, seen_by):
    actor = person()
    for name in ("国高", "=1", "'+1"):
        Tag.objects.create(name=name)
    browser = seen_by(actor)
    for address in ("/tags/export.csv", "/imports/filled/tags.csv"):
        assert counts(check(upload(browser.get(address).getvalue()), actor, of="tags")) == (3, 0, 0, 3, 0)


@contextmanager
def declaring(**given):
    """A list that is declared for one test."""
    listed = declare(ImportList(**given))
    yield listed
    lists._lists.pop(listed.slug)
    for step in ("check", "finish"):
        operation._registry.pop(f"{step}_import_of_{listed.slug}")


@pytest.fixture
def experts():
    """A list that only managers import, of a model whose rows can be retired."""
    with declaring(
        model=Expert, slug="experts", key=("name",), clause="4.2.5", permission=is_manager
    ) as listed:
        yield listed


def listing(*rows: str):
    return table(*rows, head="姓名,工作单位,专业领域")


def test_added_and_changed_are_taken_back_by_steps_too(person, experts):
    actor = person(Role.MANAGER)
    there = Expert.objects.create(name="甲", employer="旧单位", fields="材料")
    source = check(listing("甲,新单位,材料", "乙,某所,材料"), actor, of="experts")
    assert counts(source) == (2, 1, 1, 0, 0)
    write(source, actor)
    there.refresh_from_db()
    assert (there.employer, there.fields) == ("新单位", "材料")
    undo_import(source=source, actor=actor)
    there.refresh_from_db()
    added = Expert.objects.get(name="乙")
    assert (there.employer, added.retired_on) == ("旧单位", clock.today())
    assert [name for name, _kind in steps()][-3:] == ["retire_expert", "update_expert", "undo_import"]


def test_every_list_says_who_may(person, experts):
    with pytest.raises(NotAllowed):
        check(listing("甲,某所,材料"), person(), of="experts")
    manager = person(Role.MANAGER)
    source = check(listing("甲,某所,材料"), manager, of="experts")
    with pytest.raises(NotAllowed):
        apply_import(source=source, actor=person())
    apply_import(source=source, actor=manager)
    assert Entry.objects.get(operation="apply_import").clause == "4.2.5"


def test_one_list_is_not_finished_by_the_step_of_another(person, experts):
    manager = person(Role.MANAGER)
    source = check(listing("甲,某所,材料"), manager, of="experts")
    apply_import(source=source, actor=manager)
    with pytest.raises(NotAllowed):
        operation.get("finish_import_of_tags")(source=source, actor=manager)


def test_two_rows_with_the_same_key_are_not_guessed_between(person, experts):
    for employer in ("某所", "某院"):
        Expert.objects.create(name="甲", employer=employer)
    found = check(listing("甲,新单位,材料"), person(Role.MANAGER), of="experts")
    assert (counts(found)[-1], found.errors) == (1, [[2, "姓名", "甲", "有多条记录的姓名与此相同。"]])


def test_an_import_whose_list_is_gone_stays_readable_and_is_given_up(person, seen_by):
    actor = person()
    source = check(tags("国高"), actor, of="tags")
    apply_import(source=source, actor=actor)
    Import.objects.update(list_slug="gone")
    run_import(pk=source.pk)
    source.refresh_from_db()
    assert (source.state, ImportedRow.objects.count()) == (ImportState.CHECKED, 0)
    assert source.problem == "本系统不再导入“gone”类名单。 原文件和已导入的内容保持不变。"
    page = seen_by(actor).get(f"/imports/{source.pk}/")
    assert (page.status_code, "gone" in page.content.decode()) == (200, True)
    file = seen_by(actor).get(f"/files/{source.blob_id}/")
    assert file.getvalue().decode() == "标签\r\n国高\r\n"


def test_a_row_may_be_part_of_another(person, enterprise, seen_by):
    actor = person()
    mine, other = enterprise(1, owner=actor), enterprise(2, owner=person())
    there = Contact.objects.create(enterprise=mine, name="甲", phone="1", email="a@example.com")
    head = "统一社会信用代码,姓名,电话,主要联系人"
    rows = [f"{mine.uscc},甲,2,是", f"{mine.uscc},乙,3,否", f"{other.uscc},丙,4,否", f"{code(3)},丁,5,否"]
    found = check(table(*rows, head=head), actor, of="contacts")
    assert (counts(found), [error[0] for error in found.errors]) == ((4, 1, 1, 0, 2), [4, 5])
    write(check(table(*rows[:2], head=head), actor, of="contacts"), actor)
    there.refresh_from_db()
    assert (there.phone, there.is_primary, there.email) == ("2", True, "a@example.com")
    assert Contact.objects.get(name="乙").enterprise == mine
    filled = seen_by(actor).get("/imports/filled/contacts.xlsx").getvalue()
    assert counts(check(upload(filled, "list.xlsx"), actor, of="contacts")) == (2, 0, 0, 2, 0)
