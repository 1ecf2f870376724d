"""Lists of enterprises: what is wrong with a cell, who changes whose, and what is never said of the others."""

from datetime import date

import pytest
from django.db.models import Count
from tests.enterprises.conftest import code
from tests.factories.lists import counts, table, upload, write

from keqiao.accounts.models import Kind, Role
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.imports.operations.turns import undo_import
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.platform.levels import Level

pytestmark = pytest.mark.django_db


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


def test_a_consultant_changes_no_one_elses_enterprise_and_a_manager_does(check, person, enterprise):
    enterprise(1, name="旧名", owner=person())
    file = plain("新名")
    assert counts(check(table(*file))) == (1, 0, 0, 0, 1)
    assert counts(check(table(*file), person(Role.MANAGER))) == (1, 0, 1, 0, 0)


def test_nobody_imports_over_what_is_above_their_clearance(check, person, enterprise):
    enterprise(1, name="甲", level=Level.CORE_TRADE_SECRET)
    """To them it isn't there: their list makes another record, and who sees both is asked to merge them."""
    assert counts(check(table(*plain("甲")), person(Role.MANAGER))) == (1, 1, 0, 0, 0)
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
    assert (counts(found), found.errors, found.notes) == ((1, 1, 0, 0, 0), [], [])  # as of a new code
    assert "留下的" in check(table(*plain("并入的")), person(Role.MANAGER, clearance=3)).errors[0][3]


def test_the_same_name_under_another_code_is_worth_a_look(check, enterprise):
    enterprise(7, name="甲")
    found = check(table(*plain("甲", "乙")))
    assert (counts(found), [note[:3] for note in found.notes]) == ((2, 2, 0, 0, 0), [[2, "企业名称", "甲"]])
    assert code(7) in found.notes[0][3]


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


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_list_exports_is_imported_as_unchanged(check, person, enterprise, seen_by, language):
    manager = person(Role.MANAGER)
    known = {"region": "4403", "industry": "39", "size": "small", "registered_on": date(2016, 8, 1)}
    enterprise(1, name="甲", address="=1", representative="'林", **known)
    enterprise(2, name="乙")
    browser = seen_by(manager)
    browser.cookies["keqiao_language"] = language
    for address in ("enterprises/export", "imports/filled/enterprises"):
        for form in ("csv", "xlsx"):
            answer = browser.get(f"/{address}.{form}")
            found = check(upload(answer.getvalue(), f"list.{form}"), manager)
            assert (counts(found), found.errors) == ((2, 0, 0, 2, 0), [])
