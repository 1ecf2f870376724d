"""The file of an enterprise: who enters, changes, hands over and sees what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.enterprises.conftest import code
from tests.enterprises.test_merging import profile

from keqiao.accounts.models import Kind, Role
from keqiao.catalogue.models import ServiceFamily, ServiceItem
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Contact, Enterprise, FigureKind, Tag, YearlyFigure, check_credit_code
from keqiao.enterprises.operations.profile import assign_enterprise_owner, tag_enterprise, untag_enterprise
from keqiao.enterprises.reference import wording
from keqiao.kernel.platform.errors import Invalid, NotAllowed
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.record.journal import record
from keqiao.kernel.steps.operation import get

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def figures(of: Enterprise, **changed: object) -> dict:
    known = {"enterprise": of, "year": 2025, "kind": FigureKind.SALES, "amount": Decimal("12.50")}
    return known | {"source": "审计报告", "source_date": date(2026, 3, 1)} | changed


@pytest.mark.parametrize(
    "given", [code(1)[:-1] + "I", code(1).lower(), code(1)[:-1], f" {code(1)}", "", "=1+1"]
)
def test_a_code_with_a_fault_is_refused_in_words(given):
    if given == code(1):  # all digits, so nothing to write small
        return
    with pytest.raises(ValidationError, match="18"):
        check_credit_code(given)


def test_who_enters_an_enterprise_is_responsible_for_it(person, enterprise):
    actor = person()
    values = profile(Enterprise(name="新", uscc=code(5).lower(), level=Level.INTERNAL))
    made = get("create_enterprise")(actor=actor, owner=None, **values)
    assert (made.owner, made.uscc, made.region) == (actor, code(5), "4403")


def test_an_unknown_region_is_refused_with_the_field(person):
    values = profile(Enterprise(name="新", uscc=code(5), level=Level.INTERNAL)) | {"region": "9999"}
    with pytest.raises(Invalid) as refused:
        get("create_enterprise")(actor=person(), owner=None, **values)
    assert list(refused.value.fields) == ["region"]


def test_a_figure_says_who_recorded_it_and_who_corrected_it(person, enterprise):
    first, manager = person(), person(Role.MANAGER)
    of = enterprise(owner=first)
    made = get("create_yearly_figure")(actor=first, **figures(of))
    assert made.recorded_by == first
    get("update_yearly_figure")(yearlyfigure=made, actor=manager, **figures(of, amount=Decimal("13.00")))
    assert (YearlyFigure.objects.get().recorded_by, YearlyFigure.objects.get().amount) == (
        manager,
        Decimal("13.00"),
    )


def test_nobody_adds_to_or_moves_to_an_enterprise_of_someone_else(person, enterprise):
    actor = person()
    mine, other = enterprise(owner=actor), enterprise(owner=person())
    with pytest.raises(NotAllowed):
        get("create_yearly_figure")(actor=actor, **figures(other))
    made = get("create_yearly_figure")(actor=actor, **figures(mine))
    with pytest.raises(NotAllowed):
        get("update_yearly_figure")(yearlyfigure=made, actor=actor, **figures(other))
    assert YearlyFigure.objects.get().enterprise == mine


def test_the_same_figure_twice_is_refused_in_words(person, enterprise):
    actor = person()
    of = enterprise(owner=actor)
    get("create_yearly_figure")(actor=actor, **figures(of))
    with pytest.raises(Invalid):
        get("create_yearly_figure")(actor=actor, **figures(of))


def test_hand_over(person, enterprise):
    first, second = person(), person()
    of = enterprise(owner=first)
    assign_enterprise_owner(enterprise=of, owner=second, reason="离职交接", actor=first)
    assert Enterprise.objects.get().owner == second
    with pytest.raises(NotAllowed):
        assign_enterprise_owner(enterprise=of, owner=first, actor=first)


def test_no_hand_over_to_someone_who_could_not_see_it(person, enterprise):
    of, manager = (
        enterprise(level=Level.TRADE_SECRET),
        person(Role.MANAGER, clearance=Level.CORE_TRADE_SECRET),
    )
    for unfit in (
        person(clearance=Level.INTERNAL),
        person(Role.SYSTEM_ADMIN, clearance=Level.CORE_TRADE_SECRET),
    ):
        with pytest.raises(Invalid):
            assign_enterprise_owner(enterprise=of, owner=unfit, actor=manager)


def test_tags(person, enterprise):
    actor, tag = person(), Tag.objects.create(name="国高")
    of = enterprise(owner=actor)
    tag_enterprise(enterprise=of, tag=tag, actor=actor)
    assert list(of.tags.all()) == [tag]
    untag_enterprise(enterprise=of, tag=tag, actor=actor)
    assert list(of.tags.all()) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("4403", "4403"),
        ("深圳市", "4403"),
        ("广东省深圳市", "4403"),
        ("广东省深圳市 4403", "4403"),
        ("广东省", "44"),
        ("9999", None),
        ("", None),
        ("示例", None),
    ],
)
def test_a_region_is_found_by_code_name_or_both(given, found):
    assert wording.region_of(given) == found


def test_lists_and_exports_name_region_and_industry_with_their_code(person, enterprise, seen_by):
    enterprise(region="4403", industry="39")
    client = seen_by(person(Role.MANAGER))
    for where in ("/enterprises/", "/enterprises/export.csv"):
        answer = client.get(where)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        between = "," if where.endswith("csv") else " "  # in a file name and code have columns of their own
        assert f"广东省深圳市{between}4403" in text
        assert f"计算机、通信和其他电子设备制造业{between}39" in text


def test_figures_stand_by_year_with_source_and_date(person, enterprise, figure, seen_by):
    of = enterprise()
    figure(of, 2024, "1234.50")
    figure(of, 2025, "2000.00", source="纳税申报表")
    page = seen_by(person(Role.MANAGER)).get(f"/enterprises/{of.pk}/").content.decode()
    assert page.index(">2025<") < page.index(">2024<")
    for text in ("1,234.50", "2,000.00", "审计报告", "纳税申报表", "2026-03-01"):
        assert text in page


@pytest.mark.parametrize("many", [1, 5])
def test_the_page_of_an_enterprise_takes_twelve_queries(person, enterprise, figure, seen_by, many):
    manager = person(Role.MANAGER)
    of = enterprise(owner=manager)
    for number in range(many):
        get("create_contact")(
            actor=manager,
            enterprise=of,
            name=f"联系人{number}",
            title="",
            phone="",
            email="",
            is_primary=False,
        )
        figure(of, 2020 + number)
        of.tags.add(Tag.objects.create(name=f"标签{number}"))
    client = seen_by(manager)
    client.get("/enterprises/")  # the first page of a session also notes that it began
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"/enterprises/{of.pk}/").status_code == 200
    assert len(found) <= MOST_QUERIES


def test_the_timeline_shows_only_steps_on_what_the_reader_sees(person, enterprise, seen_by):
    owner = person()
    of = enterprise(owner=owner)
    get("create_contact")(
        actor=owner, enterprise=of, name="林示例", title="", phone="13800000000", email="", is_primary=True
    )
    get("update_enterprise")(enterprise=of, actor=owner, **profile(of))
    for path in (f"/enterprises/{of.pk}/", f"/enterprises/{of.pk}/history/"):
        assert "13800000000" in seen_by(owner).get(path).content.decode()
        other = seen_by(person()).get(path).content.decode()
        assert "林示例" not in other
        assert "13800000000" not in other


def test_engagements_and_their_steps_stand_on_the_page(person, enterprise, seen_by):
    """One timeline over all modules, of those engagements that the reader sees."""
    owner, colleague = person(), person()
    of = enterprise(owner=owner)
    engagement = Engagement.objects.create(
        number="WT-2026-00001",
        enterprise=of,
        item=ServiceItem.objects.create(
            family=ServiceFamily.objects.create(code="5.5", name="知识产权"), code="5.5.b", name="专利检索"
        ),
        title="检索委托",
        need="检索",
        contact_name="林示例",
        consultant=owner,
        commissioned_by=owner,
        stage_since=date(2026, 11, 2),
    )
    with transaction.atomic():
        record(
            operation="submit_commission",
            clause="6.1.1",
            actor=owner,
            subject=engagement,
            case=f"engagement:{engagement.pk}",
            payload={},
        )
    page = seen_by(owner).get(f"/enterprises/{of.pk}/").content.decode()
    assert ("WT-2026-00001" in page, "6.1.1" in page) == (True, True)
    other = seen_by(colleague).get(f"/enterprises/{of.pk}/").content.decode()
    assert ("WT-2026-00001" in other, "6.1.1" in other) == (False, False)


def test_a_client_sees_only_its_own(person, enterprise, seen_by):
    mine, other = enterprise(), enterprise()
    client = seen_by(person(None, kind=Kind.CLIENT, enterprise_id=mine.pk))
    assert client.get(f"/enterprises/{other.pk}/").status_code == 404
    assert client.get(f"/enterprises/{mine.pk}/").status_code == 200


def test_contacts_are_for_those_who_need_to_know(person, enterprise):
    from keqiao.kernel.platform.policy import visible

    owner = person()
    contact = Contact.objects.create(enterprise=enterprise(owner=owner), name="林示例")
    assert list(visible(Contact, owner)) == [contact]
    assert list(visible(Contact, person())) == []
    assert list(visible(Contact, person(Role.MANAGER))) == [contact]
