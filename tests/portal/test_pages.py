"""What clients and experts find: what is asked of them, their material, their plan; and what others don't."""

import pytest
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, status, text

from keqiao.accounts.models import Kind, User
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.states import MaterialState
from keqiao.engagement.models import (
    Deliverable,
    Engagement,
    Finding,
    Material,
    Member,
    Milestone,
    Plan,
    Survey,
    Task,
)
from keqiao.engagement.preparation.states import PlanState
from keqiao.faces import portal

DAY = make.TODAY


def asked(person):
    return [(one.label, one.url.split("?")[0]) for one in browser_of(person).get("/").context["asks"]]


def test_a_draft_asks_for_material_and_the_declaration_then_to_be_sent():
    one = make.engagement(state=Stage.DRAFT)
    client = make.client_of(one.enterprise)
    Material.objects.create(engagement=one, name="营业执照")
    declare = ("Declare the material truthful", f"/engagements/{one.pk}/do/declare_truthful/")
    assert asked(client) == [("Provide 1 piece of material", f"/engagements/{one.pk}/material/"), declare]
    Engagement.objects.update(truthful_at=make.NOON)
    Material.objects.update(state=MaterialState.PROVIDED)
    assert asked(client) == [("Submit the commission", f"/engagements/{one.pk}/do/submit_commission/")]


def test_corrections_are_asked_for_and_then_to_be_sent_again():
    one = make.engagement(state=Stage.CORRECTING, truthful_at=make.NOON)
    client = make.client_of(one.enterprise)
    Material.objects.create(engagement=one, name="营业执照", state=MaterialState.TO_CORRECT, reason="缺公章")
    assert [label for label, _url in asked(client)] == ["Provide 1 piece of material"]
    assert "缺公章" in text(client, f"/engagements/{one.pk}/material/")
    Material.objects.update(state=MaterialState.PROVIDED)
    assert [label for label, _url in asked(client)] == ["Submit the corrected material"]


def test_plan_acceptance_and_survey_are_asked_for():
    one = make.engagement(state=Stage.IMPLEMENTING)
    sent_plan(one)
    given = Deliverable.objects.create(
        engagement=one, number="CG-1", name="报告", due_on=DAY, state="handed_over", handed_over_on=DAY
    )
    survey = Survey.objects.create(engagement=one, token_sha256="0" * 64)
    assert dict(asked(make.client_of(one.enterprise))) == {
        "Confirm plan FA-1": f"/engagements/{one.pk}/plan/",
        "Accept or return “报告”": f"/deliverables/{given.pk}/do/accept_deliverable/",
        "Answer the satisfaction survey": f"/surveys/{survey.pk}/answer/",
    }


def test_another_client_is_asked_nothing_and_sees_nothing():
    one = make.engagement(state=Stage.DRAFT)
    sent_plan(one)
    other = make.client_of(make.enterprise())
    assert asked(other) == []
    paths = [f"/engagements/{one.pk}/{page}" for page in ("", "material/", "plan/")]
    assert [status(other, path) for path in paths] == [404] * 3
    assert one.number not in text(other, "/")


def test_nothing_of_the_institutions_own_notes_reaches_the_client():
    one = make.engagement(state=Stage.IMPLEMENTING)
    Finding.objects.create(engagement=one, text="内部判断：风险很高")
    assert "内部判断" not in text(make.client_of(one.enterprise), f"/engagements/{one.pk}/")


def test_material_is_given_piece_by_piece_and_leads_back():
    one = make.engagement(state=Stage.SUBMITTED)
    piece = Material.objects.create(engagement=one, name="营业执照")
    client = make.client_of(one.enterprise)
    here = f"/engagements/{one.pk}/material/"
    assert "capture" in text(client, here) or "data-camera" in text(client, here)
    answer = browser_of(client).post(
        f"/material/{piece.pk}/do/provide_material/", {"file": make.upload("执照.pdf"), "next": here}
    )
    assert (answer.status_code, answer.url) == (302, here)
    assert Material.objects.get().state == MaterialState.PROVIDED
    assert "执照.pdf" in text(client, here)


def test_after_the_review_nothing_can_be_given():
    one = make.engagement(state=Stage.ACCEPTED)
    Material.objects.create(engagement=one, name="获奖证书", required=False)
    shown = text(make.client_of(one.enterprise), f"/engagements/{one.pk}/material/")
    assert "The review is over" in shown
    assert 'type="file"' not in shown


def sent_plan(one):
    plan = Plan.objects.create(
        engagement=one, number="FA-1", edition=1, objectives="通过认定", content="分三步", begins_on=DAY,
        state=PlanState.SENT, sha256="ab" * 32,
    )  # fmt: skip
    Milestone.objects.create(engagement=one, plan=plan, name="初稿", due_on=DAY)
    return plan


def test_the_plan_is_confirmed_by_its_hash_from_its_page():
    one = make.engagement(state=Stage.PLANNING)
    plan, client = sent_plan(one), make.client_of(one.enterprise)
    shown = text(client, f"/engagements/{one.pk}/plan/")
    assert " ".join(["abababab"] * 8) in shown
    assert f'action="/plans/{plan.pk}/do/confirm_plan/"' in shown
    answer = browser_of(client).post(
        f"/plans/{plan.pk}/do/confirm_plan/", {"sha256": plan.sha256, "next": f"/engagements/{one.pk}/"}
    )
    assert (answer.status_code, answer.url) == (302, f"/engagements/{one.pk}/")
    assert Engagement.objects.get().state == Stage.IMPLEMENTING
    assert "/do/confirm_plan/" not in text(client, f"/engagements/{one.pk}/plan/")


def test_a_plan_in_writing_is_not_shown():
    one = make.engagement(state=Stage.PLANNING)
    sent_plan(one)
    Plan.objects.update(state=PlanState.DRAFT)
    assert status(make.client_of(one.enterprise), f"/engagements/{one.pk}/plan/") == 404


def test_staff_read_the_plan_but_are_not_asked_to_confirm():
    one = make.engagement(state=Stage.PLANNING)
    sent_plan(one)
    assert "/do/confirm_plan/" not in text(one.consultant, f"/engagements/{one.pk}/plan/")


def test_the_pages_cost_the_same_with_few_and_with_many():
    enterprise = make.enterprise()
    client = make.client_of(enterprise)
    first = make.engagement(state=Stage.SUBMITTED, enterprise=enterprise)
    Material.objects.create(engagement=first, name="资料")
    paths = ("/", f"/engagements/{first.pk}/", f"/engagements/{first.pk}/material/")
    few = [queries(client, path) for path in paths]
    for n in range(6):
        make.engagement(state=Stage.DRAFT, enterprise=enterprise)
        Material.objects.create(engagement=first, name=f"资料{n}")
    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 12


@pytest.fixture
def expert():
    return User.objects.create_user("expert1", "x", name="示例专家", kind=Kind.EXPERT, clearance=2)


def test_an_expert_signs_first_and_then_sees_the_engagement(expert):
    one = make.engagement(state=Stage.INVESTIGATING)
    member = Member.objects.create(engagement=one, user=expert, role="expert", duty="技术评审")
    first = text(expert, "/")
    assert (
        first.count(f"/members/{member.pk}/do/sign_undertaking/") == 1
    )  # with its text, and not in the list again
    assert "Nothing is asked of you now" not in first
    assert one.number not in first
    assert one.enterprise.name not in first
    assert "No engagement yet" not in first
    assert status(expert, f"/engagements/{one.pk}/") == 404
    answer = browser_of(expert).post(f"/members/{member.pk}/do/sign_undertaking/", {"next": "/"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert one.number in text(expert, "/")
    assert status(expert, f"/engagements/{one.pk}/") == 200


def test_an_expert_without_work_is_told_what_will_appear(expert):
    assert "No engagement yet" in text(expert, "/")


def test_an_expert_finds_what_is_asked_and_what_is_done(expert):
    one = make.engagement(state=Stage.IMPLEMENTING)
    own = Member.objects.create(
        engagement=one, user=expert, role="expert", duty="技术评审", undertaking_at=make.NOON
    )
    other = Member.objects.create(
        engagement=one, user=make.staff(), role="member", duty="统筹", undertaking_at=make.NOON
    )
    Task.objects.create(engagement=one, member=own, title="出具评审意见", due_on=DAY)
    Task.objects.create(engagement=one, member=own, title="初步评审", due_on=DAY, done_on=DAY)
    Task.objects.create(engagement=one, member=other, title="内部统筹", due_on=DAY, done_on=DAY)
    shown = text(expert, "/")
    assert [words in shown for words in ("出具评审意见", "Done (1)", "初步评审", "内部统筹")] == [
        True,
        True,
        True,
        False,
    ]
    assert queries(expert, "/") <= 12


def test_a_home_is_what_modules_declare_in_their_rank(monkeypatch):
    client = make.client_of(make.enterprise())
    monkeypatch.setattr(portal, "_sections", portal._sections.copy())
    for name, rank, words in (("first", 1, "Above all"), ("last", 99, "Below all"), ("none", 2, None)):
        portal.home_section(
            name=name, kind="client", template="faces/empty.html", rank=rank,
            fill=lambda _request, words=words: words and {"title": words},
        )  # fmt: skip
    shown = text(client, "/")
    assert shown.index("Above all") < shown.index("No engagement under way") < shown.index("Below all")
