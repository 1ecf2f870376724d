"""Choosing a row among many: a first page in the form, the rest by typing, and never a row that isn't open."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.factories import enterprises, people
from tests.factories.doors import browser_of, tight

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Enterprise, Tag
from keqiao.faces.forms import form_of
from keqiao.faces.resource import resource_of
from keqiao.faces.web.filters import filter_of
from keqiao.kernel.platform import search
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db
CONTACT = "/contacts/do/create_contact/enterprise/"


@pytest.fixture
def manager():
    return people.staff(Role.MANAGER, name="示例经理")


@pytest.fixture
def many():
    """Forty of them, the newest first in lists: 40, 39, … 1."""
    return [enterprises.enterprise(name=f"示例机电{n:02}号（虚构）") for n in range(1, 41)]


def suggested(person, address, text=""):
    answer = browser_of(person).get(address, {"q": text})
    assert answer.status_code == 200, answer.content
    return [one["text"] for one in answer.json()]


def drawn(form, name):
    html = str(form[name])
    return re.findall(r'<option value="(\d*)"( selected)?>', html), html


def contact_form(person, **how):
    return form_of(get("create_contact"), actor=person, subject=None, **how)


def test_a_long_list_draws_its_first_page_and_says_how_to_find_the_rest(manager, many):
    options, html = drawn(contact_form(manager), "enterprise")
    assert [value for value, _chosen in options] == ["", *(str(one.pk) for one in reversed(many[10:]))]
    assert f'data-url="{CONTACT}"' in html
    assert "此处列出前 30 项；输入名称、拼音首字母或编号可查找其余各项。" in html


def test_what_is_chosen_beyond_the_first_page_is_drawn_too(manager, many):
    options, _html = drawn(contact_form(manager, initial={"enterprise": many[0].pk}), "enterprise")
    assert [value for value, chosen in options if chosen] == [str(many[0].pk)]
    assert len(options) == 32


def test_a_short_list_stays_a_plain_select(manager, many):
    Enterprise.objects.filter(pk__in=[one.pk for one in many[:10]]).delete()
    options, html = drawn(contact_form(manager), "enterprise")
    assert len(options) == 31
    assert "data-" not in html


def test_a_filter_is_a_chooser_with_an_address_of_its_own(manager):
    for n in range(31):
        people.staff(Role.CONSULTANT, name=f"示例顾问{n}")
    resource = resource_of(Enterprise)
    request = RequestFactory().get("/")
    found = filter_of(resource, manager, request.GET, resource.rows(manager))
    options, html = drawn(found.form, "owner")
    assert len(options) == 31  # the first page and “all”
    assert 'data-url="/enterprises/choices/owner/"' in html
    assert suggested(manager, "/enterprises/choices/owner/", "slgw30") == []
    assert suggested(manager, "/enterprises/choices/owner/", "示例顾问30") == ["示例顾问30"]


@pytest.mark.parametrize("text", ["精密", "越州精密", "yzjm", "jm", "9133"])
def test_found_by_words_pinyin_initials_and_credit_code(manager, many, text):
    there = enterprises.enterprise(name="越州精密仪器（虚构）")
    typed = there.uscc[:18] if text == "9133" else text
    assert suggested(manager, CONTACT, typed) == ["越州精密仪器（虚构）"]


def test_at_most_twenty_whatever_was_typed(manager, many):
    newest = [f"示例机电{n}号（虚构）" for n in range(40, 20, -1)]
    assert suggested(manager, CONTACT) == newest
    assert suggested(manager, CONTACT, "机电") == newest
    assert suggested(manager, CONTACT, "没有这一家") == []
    assert suggested(manager, CONTACT, "）（") == []


def test_kinds_without_an_index_are_found_by_the_same_words(manager):
    place = enterprises.enterprise(name="示例甲（虚构）")
    for name in ("专精特新", "高新技术", "科技型中小"):
        Tag.objects.create(name=name)
    address = f"/enterprises/{place.pk}/do/tag_enterprise/tag/"
    assert suggested(manager, address, "zjtx") == ["专精特新"]
    assert suggested(manager, address, "技术") == ["高新技术"]


def test_what_is_not_open_is_never_suggested(many):
    secret = enterprises.enterprise(name="越州涉密（虚构）", level=Level.CORE_TRADE_SECRET)
    mine = enterprises.enterprise(name="越州自家（虚构）")
    consultant = people.staff(Role.CONSULTANT)
    assert suggested(consultant, CONTACT, "越州") == ["越州自家（虚构）"]
    assert suggested(consultant, CONTACT, secret.uscc) == []
    client = people.client(enterprise_id=mine.pk)
    commission = "/engagements/do/create_commission/enterprise/"
    assert suggested(client, commission) == ["越州自家（虚构）"]
    assert suggested(client, commission, "机电") == []


def test_a_step_narrows_what_it_suggests(manager, many):
    own = f"/enterprises/{many[0].pk}/do/merge_enterprises/into/"
    assert suggested(manager, own, "示例机电01号") == []
    other = f"/enterprises/{many[1].pk}/do/merge_enterprises/into/"
    assert suggested(manager, other, "示例机电01号") == ["示例机电01号（虚构）"]
    people.staff(name="越州没有角色")
    people.staff(Role.CONSULTANT, name="越州顾问")
    owners = f"/enterprises/{many[0].pk}/do/assign_enterprise_owner/owner/"
    assert suggested(manager, owners, "越州") == ["越州顾问"]


def test_who_chooses_among_names_finds_by_nothing_else(many):
    keeper = people.staff(Role.SYSTEM_ADMIN)
    there = enterprises.enterprise(name="越州精密（虚构）", address="示例秘密大道 8 号")
    address = "/users/do/invite_client_user/enterprise/"
    assert suggested(keeper, address, "yzjm") == ["越州精密（虚构）"]
    assert suggested(keeper, address, "秘密大道") == []
    assert suggested(keeper, address, there.uscc) == []


@pytest.mark.parametrize(
    "address",
    [
        "/contacts/do/create_contact/name/",
        "/contacts/do/create_contact/nothing/",
        "/contacts/do/no_such_step/enterprise/",
        "/enterprises/1/do/create_contact/enterprise/",
        "/enterprises/choices/region/",
        "/enterprises/choices/merged_into/",
    ],
)
def test_nothing_answers_for_what_is_no_chooser(manager, address):
    assert browser_of(manager).get(address).status_code == 404


def test_only_who_may_take_the_step_is_answered(many):
    client = people.client(enterprise_id=many[0].pk)
    assert browser_of(client).get(CONTACT).status_code == 404
    assert browser_of(client).post("/engagements/do/create_commission/enterprise/").status_code == 405


@pytest.mark.parametrize(("text", "queries"), [("", 1), ("示例", 1), ("zz", 1)])
def test_an_answer_costs_one_query_however_many_there_are(manager, many, text, queries):
    """Besides session, person and roles, which every page reads."""
    browser = browser_of(manager)
    browser.get(CONTACT)
    with CaptureQueriesContext(connection) as seen:
        browser.get(CONTACT, {"q": text})
    assert len([one for one in seen if "enterprises_enterprise" in one["sql"]]) == queries
    assert len(seen) <= 4


@pytest.mark.parametrize("beyond", [False, True])
def test_a_chosen_key_is_judged_by_one_query(manager, many, beyond):
    chosen = many[0] if beyond else many[39]
    form = contact_form(manager, data={"enterprise": str(chosen.pk), "name": "示例"})
    with CaptureQueriesContext(connection) as seen:
        assert form.is_valid()
    assert len(seen) == 1
    assert form.cleaned_data["enterprise"] == chosen


@pytest.mark.parametrize("key", ["secret", "0", "x", "9" * 40, "-1", "1 OR 1=1", "\x00"])
def test_a_key_that_is_not_open_is_no_choice(many, key):
    secret = enterprises.enterprise(name="越州涉密（虚构）", level=Level.CORE_TRADE_SECRET)
    person = people.staff(Role.CONSULTANT)
    given = str(secret.pk) if key == "secret" else key
    form = contact_form(person, data={"enterprise": given, "name": "示例"})
    assert list(form.errors) == ["enterprise"]
    assert "涉密" not in str(form["enterprise"])


def test_several_keys_are_judged_by_one_query(manager):
    tags = [Tag.objects.create(name=f"标签{n}") for n in range(40)]
    data = {"name": "示例", "uscc": enterprises.credit_code(900), "level": "1"}
    form = form_of(
        get("create_enterprise"),
        actor=manager,
        subject=None,
        data={**data, "tags": [tags[0].pk, tags[39].pk]},
    )
    form.full_clean()
    with CaptureQueriesContext(connection) as seen:
        assert set(form.fields["tags"].clean([str(tags[0].pk), str(tags[39].pk)])) == {tags[0], tags[39]}
    assert len(seen) == 1


def test_without_scripts_a_box_narrows_the_list(manager, many):
    page = browser_of(manager).get("/contacts/do/create_contact/?enterprise-find=机电07&next=/today/")
    html = tight(page.content.decode())
    assert re.findall(r'<option value="\d+"[^>]*>([^<]+)', html)[:2] == ["示例机电07号（虚构）"]
    assert 'form="narrow" name="enterprise-find" value="机电07"' in html
    assert '<form id="narrow" method="get"><input type="hidden" name="next" value="/today/"></form>' in html


def test_what_can_be_found_since_a_later_version_is_indexed_at_the_start(manager):
    people = get_user_model().objects
    people.bulk_create(
        [people.model(username="late", name="越州晚到", kind="staff")]
    )  # as before it was indexed
    assert search.complete() == 1
    assert search.complete() == 0
    assert suggested(manager, "/staff/do/create_staff_profile/user/", "yzwd") == ["越州晚到"]
