"""What is written to the client reaches the client: as a letter that says what to do, and on the page it leads to."""

from datetime import timedelta

import pytest
from tests.engagement.delivered_rows import offered
from tests.factories import delivery, engagements, world
from tests.factories.doors import browser_of, queries, text

from keqiao.engagement.case.states import Stage
from keqiao.engagement.contracting.operations import course
from keqiao.engagement.delivery.operations import adjustment
from keqiao.engagement.intake.operations import material
from keqiao.engagement.models import Engagement
from keqiao.engagement.pages.client_words import words
from keqiao.faces.history import LONG, latest, timeline
from keqiao.kernel.models import Outbox, Payload
from keqiao.kernel.platform import clock

fresh = engagements.fresh


@pytest.fixture
def house(settings):
    settings.SITE_ORIGIN = "https://keqiao.example"
    built = world.build(stages=(), parts=False)
    built.cast.client.email = "client@example.com"
    built.cast.client.save()
    return built


@pytest.fixture
def cast(house):
    return house.cast


def brought(cast, state):
    """An engagement in this state, and no letter yet about what comes next."""
    one = engagements.engagement(cast, state=state)
    Outbox.objects.filter(topic="mail").delete()
    return fresh(one)


def letters(one):
    """Subject and first paragraph of each; every one leads to the page of the engagement."""
    found = [row.payload for row in Outbox.objects.filter(topic="mail").order_by("pk")]
    place = f"https://keqiao.example/engagements/{one.pk}/"
    assert [(letter["to"], letter["body"].splitlines()[2]) for letter in found] == [
        (["client@example.com"], place)
    ] * len(found)
    return [
        (letter["subject"].removeprefix(f"[{one.number}] "), letter["body"].splitlines()[0])
        for letter in found
    ]


def said(person, one):
    """The panels on the page of this person."""
    shown = browser_of(person).get(f"/engagements/{one.pk}/").context["words"]
    return [(panel.title, panel.rows) for panel in shown]


def test_a_correction_is_asked_for_by_letter_and_in_words_on_both_pages(cast):
    one = brought(cast, Stage.SUBMITTED)
    engagements.ask_for_correction(one, cast)
    assert letters(one) == [
        (
            "资料需补正",
            (
                "部分资料需要补正。请登录，具体要求列在该服务项目页面的最前面；"
                "请在“资料”中重新提供标明的各项，然后点“提交补正资料”。"
            ),
        )
    ]
    assert "请重新扫描" not in str(Outbox.objects.get(topic="mail").payload)  # 4.1.5: what it says stays here
    panel = [("Ask for correction", [("To the client", "请重新扫描")])]
    assert said(cast.client, one) == said(cast.consultant, one) == panel
    assert "请重新扫描" in text(cast.client, f"/engagements/{one.pk}/")
    engagements.provide(engagements.first_material(one), cast)
    material.resubmit_commission(engagement=fresh(one), actor=cast.client)
    assert said(cast.client, one) == []


def test_asked_to_correct_twice_there_are_two_letters(cast):
    one = brought(cast, Stage.CORRECTING)
    engagements.provide(engagements.first_material(one), cast)
    material.resubmit_commission(engagement=one, actor=cast.client)
    engagements.ask_for_correction(fresh(one), cast)
    engagements.provide(engagements.first_material(one), cast)
    material.resubmit_commission(engagement=fresh(one), actor=cast.client)
    engagements.ask_for_correction(fresh(one), cast)
    assert [subject for subject, _body in letters(one)] == ["资料需补正"] * 2


def test_a_long_note_is_read_whole(cast):
    one = brought(cast, Stage.SUBMITTED)
    engagements.judge(engagements.first_material(one), cast, material.Verdict.TO_CORRECT, reason="看不清")
    note = "一" * 700
    material.request_correction(engagement=one, actor=cast.consultant, note=note)
    assert note in text(cast.client, f"/engagements/{one.pk}/")


def test_acceptance_and_decline_are_told(cast):
    one, other = brought(cast, Stage.REVIEWED), brought(cast, Stage.REVIEWED)
    engagements.accept(one, cast)
    assert letters(one) == [
        (
            "委托已受理",
            (
                "贵方的委托已受理。请登录，在该服务项目页面的“文件”中阅读受理通知书：服务内容、时限、各方权利与义务。"
                "接下来我们会发送待签署的合同，在此之前不需要贵方办理事项。"
            ),
        )
    ]
    assert "受理通知书" in text(cast.client, f"/engagements/{one.pk}/")
    Outbox.objects.filter(topic="mail").delete()
    engagements.decline(other, cast)
    assert [subject for subject, _body in letters(other)] == ["委托不予受理"]
    panel = [("reason of the end", [("", "不在服务范围内")])]
    assert said(cast.client, other) == said(cast.consultant, other) == panel


def test_a_plan_sent_is_told_and_one_that_the_choice_of_the_client_made_is_not(cast):
    one = brought(cast, Stage.PLANNING)
    engagements.send_plan(engagements.draft_plan(one, cast), cast)
    assert letters(one) == [
        (
            "服务方案待确认",
            "服务方案等待贵方确认。请登录，在该服务项目页面打开“服务方案”阅读，然后确认，或退回并说明需要修改之处。",
        )
    ]
    other = brought(cast, Stage.IMPLEMENTING)
    made = offered(other, cast)
    assert [subject for subject, _body in letters(other)] == ["选择调整方案"]
    adjustment.choose_adjustment(
        adjustment=fresh(made), actor=cast.client, option=made.options.order_by("pk").first()
    )
    assert [subject for subject, _body in letters(other)] == ["选择调整方案"]


def test_each_handing_over_is_told(cast):
    one = brought(cast, Stage.IMPLEMENTING)
    made = delivery.planned(one, cast)
    delivery.hand_over(made, cast)
    assert letters(one) == [
        (
            "成果待验收",
            (
                "有一项成果已交付贵方。请登录，在该服务项目页面打开“验收”，查看文件，"
                "然后验收，或退回并说明不符合合同之处。"
            ),
        )
    ]
    delivery.send_back(made, cast)
    delivery.hand_over(made, cast)
    assert [subject for subject, _body in letters(one)] == ["成果待验收"] * 2


def test_the_reason_of_a_suspension_holds_until_it_is_resumed(cast):
    one = brought(cast, Stage.INVESTIGATING)
    engagements.suspend(one, cast)
    assert said(cast.client, one) == [("Suspend", [("Reason", "客户停产")])]
    course.resume_engagement(engagement=fresh(one), actor=cast.consultant, reason="恢复生产")
    assert said(cast.client, one) == [("Resume", [("What changed", "恢复生产")])]
    assert said(cast.consultant, one) == said(cast.client, one)


def test_who_took_over_and_why_is_told_as_long_as_the_step_lasts(house, cast):
    one = brought(cast, Stage.INVESTIGATING)
    course.transfer_engagement(
        engagement=one, actor=cast.manager, to=house.people["outsider"], reason="岗位调整"
    )
    rows = [("New consultant", "示例外组顾问"), ("Reason", "岗位调整")]
    assert said(cast.client, one) == [("Transfer to another consultant", rows)]
    Engagement.objects.filter(pk=one.pk).update(stage_since=clock.today() + timedelta(days=1))
    assert said(cast.client, one) == []


@pytest.mark.parametrize(
    ("state", "end", "words_of_it"),
    [
        (Stage.REVIEWED, engagements.cancel, ["不再需要"]),
        (Stage.INVESTIGATING, engagements.end_early, ["客户要求", "调研", "1,000.00", "已退还"]),
    ],
)
def test_the_reason_of_the_end_stands_on_both_pages_and_in_the_api(house, cast, state, end, words_of_it):
    one = brought(cast, state)
    end(one, cast)
    for key in ("client", "consultant"):
        answer = house.visit(key).get(f"/api/v1/engagements/{one.pk}/")
        assert answer.json()["closed_reason"] == fresh(one).closed_reason
        shown = text(house.people[key], f"/engagements/{one.pk}/")
        assert [said for said in words_of_it if said not in shown] == []


def test_the_record_shows_the_client_what_was_written_to_it_and_nothing_else(house, cast):
    one = brought(cast, Stage.SUBMITTED)
    engagements.ask_for_correction(one, cast)
    found = {line.label: line.detail for line in timeline(fresh(one), actor=cast.client)}
    assert found["Ask for correction"] == "To the client：请重新扫描"
    assert {label for label, detail in found.items() if detail} == {"Ask for correction"}
    assert "请重新扫描" in text(cast.client, f"/engagements/{one.pk}/history/")
    course.cancel_engagement(engagement=fresh(one), actor=cast.client, reason="不再需要")
    expert = {line.detail for line in timeline(fresh(one), actor=house.people["expert"])}
    assert expert == {""}


def test_erased_words_leave_the_page_standing(cast):
    one = brought(cast, Stage.CORRECTING)
    Payload.objects.filter(entry__operation="request_correction").update(sealed=None)
    entries = latest(one, actor=cast.client, limit=LONG)
    assert [(panel.title, panel.rows) for panel in words(one, entries)] == []
    assert "Ask for correction" in text(cast.client, f"/engagements/{one.pk}/")


def test_words_cost_no_more_than_a_page_may(cast):
    one = brought(cast, Stage.CORRECTING)
    assert queries(cast.client, f"/engagements/{one.pk}/") <= 12
    assert queries(cast.consultant, f"/engagements/{one.pk}/") <= 12
