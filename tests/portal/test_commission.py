"""A commission in four screens: forwards, back, with mistakes, twice."""

import pytest
from tests.every_operation.html_forms import Controls
from tests.every_operation.refusing import WORDS, nothing_written, refusing
from tests.factories import contracts as make
from tests.factories.doors import browser_of, status, text

from keqiao.catalogue.models import MaterialKind, ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.operations.commission import (
    create_commission,
    declare_truthful,
    submit_commission,
)
from keqiao.engagement.models import Engagement
from keqiao.kernel.models import Counter

NEED = {
    "title": "高企认定",
    "need": "希望今年通过认定",
    "contact_name": "示例联系人",
    "contact_phone": "13800000000",
    "wanted_by": "2026-09-30",
}


@pytest.fixture
def item():
    made = make.item("5.3")
    MaterialKind.objects.create(item=made, name="营业执照", required=True)
    MaterialKind.objects.create(item=made, name="获奖证书", required=False, position=1)
    return made


@pytest.fixture
def client_user():
    return make.client_of(make.enterprise())


@pytest.fixture
def browser(client_user):
    return browser_of(client_user)


def choose(browser, item):
    answer = browser.post("/commission/5.3/", {"item": item.pk})
    assert (answer.status_code, answer.url) == (302, "/commission/need/")


def fill(browser, **other):
    return browser.post("/commission/need/", NEED | other)


def test_four_screens_make_a_commission_that_is_declared_and_sent(browser, item, client_user):
    assert "示例类别 5.3" in browser.get("/commission/").content.decode()
    second = browser.get("/commission/5.3/").content.decode()
    assert "高企认定" in second
    assert "营业执照" in second
    choose(browser, item)
    assert fill(browser).url == "/commission/check/"
    fourth = browser.get("/commission/check/").content.decode()
    assert [words in fourth for words in ("希望今年通过认定", "2026-09-30", "营业执照")] == [True] * 3
    answer = browser.post("/commission/check/", {"truthful": "on"})
    made = Engagement.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/engagements/{made.pk}/material/")
    assert (made.state, made.enterprise_id, made.item, made.truthful_by) == (
        Stage.SUBMITTED, client_user.enterprise_id, item, client_user,
    )  # fmt: skip
    assert sorted(made.materials.values_list("name", flat=True)) == ["获奖证书", "营业执照"]


def test_without_the_declaration_nothing_is_made_and_nothing_is_lost(browser, item):
    choose(browser, item)
    fill(browser)
    answer = browser.post("/commission/check/", {})
    assert answer.status_code == 200
    assert "希望今年通过认定" in answer.content.decode()
    assert Engagement.objects.count() == 0


def test_a_mistake_keeps_what_was_typed_and_says_where_it_is(browser, item):
    choose(browser, item)
    answer = fill(browser, contact_name="", wanted_by="nonsense")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert [words in shown for words in ("希望今年通过认定", "nonsense", "Not saved yet")] == [True] * 3


def test_going_back_finds_what_was_typed(browser, item):
    choose(browser, item)
    fill(browser)
    assert "希望今年通过认定" in browser.get("/commission/need/").content.decode()


def test_an_unfinished_one_is_sent_back_to_what_it_lacks(browser, item):
    assert browser.get("/commission/need/").url == "/commission/"
    assert browser.get("/commission/check/").url == "/commission/"
    choose(browser, item)
    answer = browser.get("/commission/check/")
    assert answer.url == "/commission/need/?again=1"
    assert "Not saved yet" in browser.get(answer.url).content.decode()


def test_a_second_click_makes_no_second_commission(browser, item):
    choose(browser, item)
    fill(browser)
    kept = dict(browser.session["commission"])
    first = browser.post("/commission/check/", {"truthful": "on"}).url
    session = browser.session
    session["commission"] = kept
    session.save()
    assert browser.post("/commission/check/", {"truthful": "on"}).url == first
    assert Engagement.objects.count() == 1


def hidden(browser, path, name):
    return Controls(browser.get(path).content.decode()).typed[name][0]


def test_what_is_typed_in_one_window_is_never_filed_under_the_item_of_another(browser, item):
    other = make.item("5.2")
    choose(browser, item)
    carried = hidden(browser, "/commission/need/", "item")
    browser.post("/commission/5.2/", {"item": other.pk})
    assert fill(browser, item=carried).url == "/commission/check/"
    browser.post("/commission/check/", {"truthful": "on"})
    assert list(Engagement.objects.values_list("item", "need")) == [(item.pk, "希望今年通过认定")]


def test_a_window_sends_what_it_shows_and_nothing_else(browser, item):
    """The last screen of one window, while another wrote another need, or chose another item."""
    other = make.item("5.2")
    choose(browser, item)
    fill(browser)
    mark = hidden(browser, "/commission/check/", "mark")
    for elsewhere in ({"need": "另一件事"}, {"item": other.pk}):
        fill(browser, **elsewhere)
        answer = browser.post("/commission/check/", {"truthful": "on", "mark": mark})
        assert (answer.status_code, Engagement.objects.count()) == (422, 0)
        mark = hidden(browser, "/commission/check/", "mark")
    assert browser.post("/commission/check/", {"truthful": "on", "mark": mark}).status_code == 302
    assert Engagement.objects.get().item == other


def test_two_commissions_one_after_the_other_are_two(browser, item):
    for _ in range(2):
        choose(browser, item)
        fill(browser)
        browser.post("/commission/check/", {"truthful": "on"})
    assert Engagement.objects.count() == 2


def test_extra_fields_change_nothing(browser, item, client_user):
    other = make.enterprise()
    choose(browser, item)
    fill(browser, enterprise=other.pk, level=3, state="archived")
    browser.post("/commission/check/", {"truthful": "on", "enterprise": other.pk})
    assert Engagement.objects.get().enterprise_id == client_user.enterprise_id


def test_a_service_no_longer_offered_cannot_be_chosen(browser, item):
    ServiceItem.objects.update(retired_on=make.TODAY)
    assert browser.post("/commission/5.3/", {"item": item.pk}).status_code == 404
    assert browser.post("/commission/5.3/", {"item": "9" * 40}).status_code == 404
    assert browser.get("/commission/5.3/").status_code == 404


def test_the_screens_are_for_clients():
    assert [
        status(make.staff(), path) for path in ("/commission/", "/commission/need/", "/commission/check/")
    ] == [404] * 3


def test_the_home_page_offers_it(client_user):
    assert "/commission/" in text(client_user, "/")


def sent(browser, item):
    """Sent from the last screen, with what was typed on the third."""
    choose(browser, item)
    fill(browser)
    with nothing_written():
        answer = browser.post("/commission/check/", {"truthful": "on"})
    return answer, Controls(answer.content.decode())


def test_a_constraint_met_on_sending_is_said_and_nothing_typed_is_lost(browser, item):
    """As when the counter of numbers was set back: the number is taken."""
    choose(browser, item)
    fill(browser)
    browser.post("/commission/check/", {"truthful": "on"})
    Counter.objects.filter(kind="commission").update(last=0)
    answer, page = sent(browser, item)
    assert (answer.status_code, Engagement.objects.count()) == (422, 1)
    assert "Engagement with this Number already exists." in page.texts
    assert "希望今年通过认定" in page.texts
    Counter.objects.filter(kind="commission").update(last=1)
    assert browser.post("/commission/check/", {"truthful": "on"}).status_code == 302
    assert list(Engagement.objects.values_list("need", flat=True)) == ["希望今年通过认定"] * 2


def test_a_refusal_of_one_field_leads_back_to_its_screen_with_all_that_was_typed(browser, item):
    with refusing(create_commission, "wanted_by"):
        answer, page = sent(browser, item)
    assert (answer.status_code, page.wrong) == (422, {"wanted_by": WORDS})
    assert {name: page.typed[name] for name in NEED} == {name: [value] for name, value in NEED.items()}
    assert fill(browser, wanted_by="2026-10-31").url == "/commission/check/"


@pytest.mark.parametrize("step", [create_commission, declare_truthful, submit_commission])
def test_whichever_of_the_three_steps_refuses_none_is_taken(browser, item, step):
    with refusing(step):
        answer, page = sent(browser, item)
    assert (answer.status_code, WORDS in page.texts, "希望今年通过认定" in page.texts) == (422, True, True)
    assert browser.post("/commission/check/", {"truthful": "on"}).status_code == 302
    assert Engagement.objects.get().state == Stage.SUBMITTED
