"""A module declared in its own folder is felt in every place of the house."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from tests.sample.examples import loan
from tests.sample.models import Loan
from tests.sample.states import LoanState

from keqiao.accounts.models import User
from keqiao.accounts.operations.calendar_link import renew_calendar_link
from keqiao.accounts.operations.reminders import send_digests
from keqiao.conformity.fulfilment import Period
from keqiao.conformity.queries import lines
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement
from keqiao.faces.history import timeline
from keqiao.facts import registry as facts
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.steps.holdings import holdings_of
from keqiao.kernel.steps.modules import counts as declared
from keqiao.kernel.steps.modules import installed
from keqiao.kernel.steps.operation import get
from keqiao.kernel.steps.served import services_of
from keqiao.kernel.steps.ties import ties_of

pytestmark = pytest.mark.django_db
LATE, SOON = date(2026, 2, 27), date(2026, 3, 5)  # the world's today is Monday, 2026-03-02


@pytest.fixture
def wanted(world):
    return loan(world, equipment="示例天平", wanted_on=LATE)


@pytest.fixture
def out(world):
    delivered = world.of(Engagement, Stage.DELIVERED)
    return loan(world, LoanState.LENT, equipment="示例离心机", due_on=SOON, engagement=delivered)


def page(world, who, path):
    answer = world.visit(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_rail_list_and_tabs(world, out):
    shown = page(world, "consultant", "/loans/?q=示例离心机")
    assert ('href="/loans/"' in shown, out.number in shown, "借用统计" in shown) == (True, True, True)


def test_today_names_what_is_late_and_counts_what_is_out(world, wanted, out):
    assert "借出设备：示例天平" in page(world, "consultant", "/")
    figures = {one.name: one.value for one in world.visit("manager").get("/").context["figures"]}
    assert figures["equipment-on-loan"] == Loan.objects.filter(state=LoanState.LENT).count()


def test_late_list(world, wanted):
    assert "借出设备：示例天平" in page(world, "manager", "/late/")


def test_calendar_and_the_feed_of_it(world, wanted):
    assert "示例天平" in page(world, "consultant", "/calendar/?month=2026-02")
    secret = renew_calendar_link(actor=world.person("consultant"))
    events = icalendar.Calendar.from_ical(Client().get(f"/accounts/calendar/{secret}.ics").content).walk(
        "VEVENT"
    )
    assert [one.decoded("dtstart") for one in events if "示例天平" in str(one["summary"])] == [LATE]


def test_a_reminder_letter(world, wanted):
    User.objects.filter(pk=world.person("consultant").pk).update(email="consultant@example.com")
    send_digests(now=datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    [letter] = [
        one.payload
        for one in Outbox.objects.filter(topic="mail")
        if one.payload["to"] == ["consultant@example.com"]
    ]
    assert "示例天平" in letter["body"]


def test_workspace_of_its_family(world, out):
    engagement = world.of(Engagement, Stage.DELIVERED)
    engagement.item.family.code = "5.7"
    engagement.item.family.save()
    shown = page(world, "consultant", f"/engagements/{engagement.pk}/")
    assert ("本项目的设备" in shown, str(out) in shown) == (True, True)


def test_the_gate_keeps_the_archive_shut_until_it_is_back(world, out):
    engagement = world.of(Engagement, Stage.DELIVERED)
    missing = [one for one in get("archive_engagement").missing(engagement) if one.clause == "4.1.3"]
    assert [(str(one.text), str(one.remedy)) for one in missing] == [
        ("“示例离心机”尚未归还。", "请先办理归还。")
    ]


def test_the_clients_portal(world, out):
    shown = page(world, "client", "/")
    assert ("归还设备：示例离心机" in shown, str(out) in shown) == (True, True)
    assert world.visit("other client").get(f"/loans/{out.pk}/").status_code == 404


def test_for_everybody(world):
    assert "借出设备附借用单" in page(world, "visitor", "/public/lending/")
    assert 'href="/public/lending/"' in page(world, "visitor", "/public/")


def test_search(world, out):
    assert f'href="/loans/{out.pk}/"' in page(world, "consultant", f"/search/?q={out.number}")


def test_page_of_the_enterprise_with_its_facts(world, out):
    shown = page(world, "consultant", f"/enterprises/{world.ours.pk}/")
    there = Loan.objects.filter(enterprise=world.ours, state=LoanState.LENT).count()
    known = facts.of(world.ours, clock.today(), actor=SYSTEM)["equipment_on_loan"].known
    assert (out.number in shown, known.value) == (True, there)


def test_timeline_and_the_reaction_in_it(world, out):
    said = [one.operation for one in Entry.objects.filter(case=f"loan:{out.pk}").order_by("pk")]
    assert said == ["create_loan", "lend_equipment", "keep_loan_slip"]
    assert "办理借出" in " ".join(one.label for one in timeline(world.ours, actor=world.person("manager")))
    assert out.slip.name == "示例离心机借用单.pdf"


def test_service_file(world, out):
    [line] = [one.line for one in services_of(world.ours, actor=SYSTEM) if one.row == out]
    assert (line.content, line.ended_on, line.lacking) == ("示例离心机", None, ())
    assert out.number in page(world, "manager", f"/enterprises/{world.ours.pk}/service-file/")


def test_api(world, out):
    answer = world.visit("consultant").get(f"/api/v1/loans/{out.pk}/").json()
    assert (answer["number"], answer["state"], answer["due_on"]) == (out.number, "lent", "2026-03-05")


def test_conformity(world, out):
    [found] = [one for one in lines(Period(date(2026, 1, 1), date(2026, 12, 31))) if one.clause.id == "6.5"]
    named = ("lend_equipment", "sample.")
    kinds = {
        one.evidence.ref: one.evidence.kind
        for one in found.counted
        if (one.evidence.ref or "").startswith(named)
    }
    assert kinds == {
        "lend_equipment": "operation", "sample.Loan": "record", "sample.slips": "share", "sample.returns": "timely",
        "sample.lending": "rhythm", "sample.overdue": "none_open",
    }  # fmt: skip
    assert "设备检定证书由机构另行保存" in {one.evidence.note for one in found.counted}
    assert "借出设备附有借用单" in page(world, "manager", "/conformity/6.5/")


def test_hand_over_and_ties(world, out):
    keeper = world.person("consultant")
    held = {one.label: one.rows for one in holdings_of(keeper.pk, actor=world.person("manager"))}
    assert out in held["经办的在借设备"]
    assert "loan_keeper" in {one.kind for one in ties_of(keeper, actor=SYSTEM)}


def test_what_the_module_declares_is_counted():
    [config] = [one for one in installed() if one.label == "sample"]
    assert {name: number for name, number in declared(config).items() if number} == {
        "models": 3, "states": 2, "numbers": 2, "operations": 11, "search": 2, "pages": 3, "files": 2, "panels": 1,
        "workspace panels": 1, "papers": 2, "pictures": 1, "figures": 1, "deadlines": 3, "measures": 4, "import lists": 1,
        "sections of start pages": 1, "public entries": 1, "gates": 1, "reactions": 1, "pack parts": 1, "facts": 1,
        "services": 1, "holdings": 1, "ties": 1,
    }  # fmt: skip


def test_its_scene_is_played_in_the_demo(on_demo):
    found = [str(one.state) for one in Loan.objects.order_by("pk")]
    assert found == [LoanState.REQUESTED, LoanState.LENT, LoanState.RETURNED]
