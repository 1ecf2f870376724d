"""What is on offer on a day, from when to when, in what scope; and that only this can be commissioned (4.1.1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import catalogue, enterprises, people
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.catalogue.models import (
    DeliverableKind,
    MaterialKind,
    MilestoneTemplate,
    Offer,
    ServiceFamily,
    ServiceItem,
)
from keqiao.catalogue.queries import codes_offered_on
from keqiao.faces import history
from keqiao.faces.forms import form_of
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import VISITOR
from keqiao.kernel.platform.errors import Invalid, Refusal
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def manager():
    return people.staff(Role.MANAGER)


@pytest.fixture
def item():
    made = catalogue.service_item()
    made.offers.all().delete()
    return made


def begin(item, manager, since, scope=""):
    return get("begin_offer")(actor=manager, serviceitem=item, since=since, scope=scope)


def end(item, manager, until):
    return get("end_offer")(actor=manager, serviceitem=item, until=until)


def offered(day):
    return sorted(codes_offered_on(day))


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (MAY - timedelta(days=1), False),
        (MAY, True),
        (JUNE, True),
        (JUNE + timedelta(days=1), False),
        (JULY, True),
        (date(2030, 1, 1), True),
    ],
)
def test_an_item_is_offered_from_its_first_day_to_its_last_and_again(item, manager, day, there):
    begin(item, manager, MAY, "本市企业")
    end(item, manager, JUNE)
    begin(item, manager, JULY)
    assert offered(day) == ([item.code] if there else [])


def test_what_is_retired_is_offered_no_more(item, manager):
    begin(item, manager, MAY)
    ServiceItem.objects.filter(pk=item.pk).update(retired_on=JUNE)
    assert [offered(day) for day in (JUNE - timedelta(days=1), JUNE)] == [[item.code], []]


@pytest.mark.parametrize(
    ("prepare", "step", "said"),
    [
        (lambda i, m: begin(i, m, MAY), lambda i, m: begin(i, m, JULY), "已在提供中"),
        (lambda i, _m: ServiceItem.objects.filter(pk=i.pk).update(retired_on=MAY), lambda i, m: begin(i, m, JULY), "本事项已停用"),
        (lambda _i, _m: None, lambda i, m: end(i, m, JULY), "目前未提供"),
    ],
)  # fmt: skip
def test_a_step_that_makes_no_sense_is_refused_with_clause_and_remedy(item, manager, prepare, step, said):
    prepare(item, manager)
    before = list(Offer.objects.values())
    with pytest.raises(Refusal) as refused:
        step(item, manager)
    [missing] = refused.value.missing
    assert (said in str(missing.text), missing.clause, bool(str(missing.remedy))) == (True, "4.1.1", True)
    assert list(Offer.objects.values()) == before


def test_offers_of_one_item_do_not_overlap(item, manager):
    begin(item, manager, MAY)
    end(item, manager, JUNE)
    with pytest.raises(Invalid) as refused:
        begin(item, manager, JUNE)
    assert list(refused.value.fields) == ["since"]
    begin(item, manager, JUNE + timedelta(days=1))
    assert Offer.objects.count() == 2


def test_an_offer_does_not_end_before_it_begins(item, manager):
    begin(item, manager, MAY)
    with pytest.raises(Invalid) as refused:
        end(item, manager, MAY - timedelta(days=1))
    assert list(refused.value.fields) == ["until"]
    assert Offer.objects.get().until is None


def test_the_record_of_an_item_says_when_it_was_offered_and_how_far(item, manager):
    begin(item, manager, MAY, "本市企业")
    end(item, manager, JUNE)
    lines = history.timeline(item, actor=manager)
    assert [(line.label, line.detail, line.clause) for line in lines] == [
        ("停止提供", "提供截止日：2026-06-01", "4.1.1"),
        ("开始提供", "范围：本市企业；提供起始日：2026-05-01", "4.1.1"),
    ]


class TestNewCommission:
    @pytest.fixture
    def client_user(self):
        return people.client(enterprise_id=enterprises.enterprise().pk)

    @pytest.fixture
    def other(self):
        return catalogue.service_item(family="5.5")

    def test_the_form_of_staff_lists_what_is_offered_today(self, item, other):
        form = form_of(get("create_commission"), actor=people.staff(Role.CONSULTANT), subject=None)
        assert list(form.fields["item"].queryset) == [other]

    def test_so_do_the_screens_of_the_client(self, item, other, client_user):
        browser = browser_of(client_user)
        page = browser.get("/commission/").content.decode()
        assert [f"/commission/{code}/" in page for code in ("5.3", "5.5")] == [False, True]
        assert browser.get("/commission/5.3/").status_code == 404
        assert browser.post("/commission/5.3/", {"item": item.pk}).status_code == 404

    def test_a_site_that_offers_nothing_says_so(self, item, client_user):
        assert "No service is on offer today" in browser_of(client_user).get("/commission/").content.decode()

    def test_a_form_left_open_over_the_last_day_is_refused(self, item, client_user, manager):
        begin(item, manager, clock.today() - timedelta(days=9))
        end(item, manager, clock.today() - timedelta(days=1))
        with pytest.raises(Invalid) as refused:
            get("create_commission")(
                actor=client_user, enterprise=enterprises.Enterprise.objects.get(pk=client_user.enterprise_id), item=item,
                title="示例", need="示例", contact_name="示例",
            )  # fmt: skip
        assert list(refused.value.fields) == ["item"]

    def test_an_item_not_offered_can_still_be_described(self, item, manager):
        form = form_of(get("create_material_kind"), actor=manager, subject=None)
        assert item in form.fields["item"].queryset


def test_the_list_says_since_when(item, manager):
    begin(item, manager, clock.today() - timedelta(days=3), "本市企业")
    page = browser_of(manager).get("/service-items/").content.decode()
    assert (clock.today() - timedelta(days=3)).isoformat() in page


def test_a_visitor_sees_what_is_offered_today_and_not_how_it_is_done(item, manager):
    begin(item, manager, MAY)
    with clock.at(datetime(2026, 5, 1, 4, tzinfo=UTC)):
        assert list(policy.visible(ServiceItem, VISITOR)) == [item]
        assert list(policy.visible(ServiceFamily, VISITOR)) == [item.family]
    for model in (MaterialKind, MilestoneTemplate, DeliverableKind, Offer):
        assert policy.visible(model, manager).exists()
        assert not policy.visible(model, VISITOR).exists()
