"""What is found under what words, however a row came to be saved, and at what cost."""

import pytest
from django.db import connection
from tests.factories import contracts as make
from tests.factories import enterprises
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Material
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.models import SearchDocument
from keqiao.kernel.platform import search
from keqiao.kernel.steps.numbering import KINDS
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db


def found(actor, text):
    return dict(search.find(actor=actor, text=text))


def test_every_kind_of_numbered_paper_can_be_found_by_its_number(world, db):
    """Of each kind of number that the house gives, the papers that bear one."""
    manager, seen = world.person("manager"), set()
    for model in search.searchable_models():
        if not hasattr(model, "number"):
            continue
        row = model.objects.order_by("pk").first()
        assert row in found(manager, row.number)[model], row.number
        seen.add(row.number.split("-")[0])
    assert seen == {kind.pattern.split("-")[0] for kind in KINDS.values()}


def test_a_row_is_found_as_soon_as_it_is_saved_and_under_its_new_name_when_renamed():
    boss = make.staff(Role.MANAGER)
    row = enterprises.contact(enterprise=enterprises.enterprise(), name="欧阳若晴")
    assert found(boss, "oyrq") == {Contact: [row]}
    row.name = "司马相宜"
    row.save()
    assert found(boss, "欧阳") == {}
    assert found(boss, "司马相宜") == {Contact: [row]}


def test_a_step_indexes_what_it_saves_once():
    boss = make.staff(Role.MANAGER)
    firm = enterprises.enterprise(owner=boss)
    before = SearchDocument.objects.count()
    said = {"name": "诸葛小满", "title": "财务总监", "phone": "0575-8123", "email": "", "is_primary": False}
    row = get("create_contact")(actor=boss, enterprise=firm, **said)
    assert SearchDocument.objects.count() == before + 1
    assert [found(boss, text) for text in ("诸葛", "财务总监", "8123")] == [{Contact: [row]}] * 3


def test_kinds_without_an_answer_are_not_asked_about(django_assert_num_queries):
    boss = make.staff(Role.MANAGER)
    firm = enterprises.enterprise(name="独一无二镜片厂（虚构）")
    assert (boss.roles, found(boss, "没有这个词")) == (
        {Role.MANAGER},
        {},
    )  # the numbers of all kinds are read once a process
    looks = 1 if connection.vendor == "sqlite" else 2  # PostgreSQL is asked first which words are frequent
    with django_assert_num_queries(looks + 1):
        assert found(boss, "镜片") == {Enterprise: [firm]}
    with django_assert_num_queries(0):
        assert found(boss, " ，") == {}


def test_a_part_is_shown_with_what_it_is_part_of():
    one = make.engagement(state=Stage.SUBMITTED)
    Material.objects.create(engagement=one, name="琉璃瓦检测报告")
    page = browser_of(one.consultant).get("/search/?q=琉璃瓦").content.decode()
    assert f'琉璃瓦检测报告<span class="kq-note kq-line">{one}</span>' in page


def test_whom_a_thing_is_not_open_to_does_not_find_it():
    one = make.engagement(state=Stage.SUBMITTED)
    Material.objects.create(engagement=one, name="琉璃瓦检测报告")
    assert set(found(one.consultant, "琉璃瓦")) == {Material}
    assert found(make.staff(), "琉璃瓦") == {}
    assert found(make.client_of(make.enterprise()), "琉璃瓦") == {}
