"""6.3.2: links shown once, answered once, summarised."""

import re

import pytest
from tests.every_operation.html_forms import Controls
from tests.every_operation.refusing import WORDS, nothing_written, refusing
from tests.factories import contracts as make
from tests.factories.doors import DOOR

from keqiao.accounts.models import User
from keqiao.engagement.case.operations.letters import addresses
from keqiao.engagement.delivery.answers import summary_of
from keqiao.engagement.delivery.operations.link_letters import send_questionnaire_link
from keqiao.engagement.models import QuestionKind, Questionnaire, QuestionnaireLink
from keqiao.engagement.preparation.operations.questionnaire import (
    QuestionRow,
    Recipient,
    build_questionnaire,
    close_questionnaire,
    send_questionnaire,
)
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Invalid, Refusal
from keqiao.kernel.steps.one_time_secret import shown_once
from keqiao.kernel.steps.operation import get

QUESTIONS = [
    QuestionRow(text="主要困难", kind=QuestionKind.TEXT),
    QuestionRow(text="所处阶段", kind=QuestionKind.CHOICE, choices="研发；量产"),
    QuestionRow(text="紧迫程度", kind=QuestionKind.SCALE),
]


@pytest.fixture
def questionnaire(world) -> Questionnaire:
    return build_questionnaire(
        engagement=world.engagement, actor=world.consultant, title="需求问卷", questions=QUESTIONS
    )


def secrets_of(questionnaire, world, *people) -> list[str]:
    rows = [Recipient(person=name) for name in people]
    sent = send_questionnaire(questionnaire=questionnaire, actor=world.consultant, people=rows)
    return [re.fullmatch(r"https://keqiao\.example/q/([\w-]{43})/", one.value)[1] for one in shown_once(sent)]


def answered(client, secret, text, choice, points, *, key="k"):
    return client.post(f"/q/{secret}/", {"1": text, "2": choice, "3": points, "idempotency_key": key})


def test_a_link_goes_by_mail_or_is_shown_once(world, questionnaire):
    people = [Recipient(person="甲", email="a@example.com"), Recipient(person="乙")]
    sent = send_questionnaire(questionnaire=questionnaire, actor=world.consultant, people=people, key="k")
    assert [one.label for one in shown_once(sent)] == ["乙"]
    assert Outbox.objects.get(topic="mail").payload["to"] == ["a@example.com"]
    again = send_questionnaire(questionnaire=questionnaire, actor=world.consultant, people=people, key="k")
    assert (shown_once(again), QuestionnaireLink.objects.count()) == ((), 2)
    secret = shown_once(sent)[0].value.split("/")[-2]
    assert [secret in entry.said.body for entry in Entry.objects.all()] == [False, False]


@pytest.mark.parametrize(
    ("level", "subject"),
    [(0, "请填写问卷：需求问卷"), (1, "请填写问卷：需求问卷"), (2, "请填写一份问卷"), (3, "请填写一份问卷")],
)
def test_the_letter_names_no_title_above_internal(world, questionnaire, level, subject):
    """4.1.5: a letter is read without signing in."""
    questionnaire.engagement.level = level
    send_questionnaire_link(questionnaire, to="a@example.com", person="甲", secret="x", key="k")
    assert Outbox.objects.get(topic="mail").payload["subject"] == subject


def test_letters_to_the_client_go_to_those_who_have_an_address(world):
    enterprise = world.engagement.enterprise
    people = [make.client_of(enterprise) for _ in range(3)]
    for person, email in zip(people, (" ", "不详", "li@example.com"), strict=True):
        User.objects.filter(pk=person.pk).update(email=email)
    enterprise.contacts.update(email="\u3000")
    User.objects.filter(enterprise_id=enterprise.pk).exclude(pk__in=[person.pk for person in people]).update(
        email=""
    )
    assert addresses(world.engagement) == ["li@example.com"]


def test_an_address_that_is_none_sends_nothing(world, questionnaire):
    people = [Recipient(person="甲", email="a@example.com"), Recipient(person="乙", email="keine")]
    with pytest.raises(Invalid) as refused:
        send_questionnaire(questionnaire=questionnaire, actor=world.consultant, people=people)
    assert list(refused.value.fields) == ["people"]
    assert (QuestionnaireLink.objects.count(), Outbox.objects.count()) == (0, 0)


def test_the_page_of_the_step_shows_the_links_in_its_own_answer_only(world, questionnaire, client):
    client.force_login(world.consultant, backend=DOOR)
    form = {"people-0-person": "乙", "people-0-email": "", "idempotency_key": "k"}
    address = f"/questionnaires/{questionnaire.pk}/do/send_questionnaire/"
    first, second = client.post(address, form), client.post(address, form)
    links = [
        re.findall(r"https://keqiao\.example/q/[\w-]{43}/", one.content.decode()) for one in (first, second)
    ]
    assert (first.status_code, second.status_code, len(links[0]), links[1]) == (200, 302, 1, [])
    assert links[0][0] not in client.get(f"/questionnaires/{questionnaire.pk}/").content.decode()


def test_the_link_answers_once(world, questionnaire, client):
    secret = secrets_of(questionnaire, world, "甲")[0]
    assert client.get(f"/q/{secret}/").status_code == 200
    assert answered(client, secret, "缺检测", "研发", "8").status_code == 200
    assert QuestionnaireLink.objects.get().answers == {"1": "缺检测", "2": "研发", "3": 8}
    assert answered(client, secret, "改", "量产", "1", key="other").status_code == 404
    assert answered(client, secret, "缺检测", "研发", "8").status_code == 200  # the double click of the first
    assert QuestionnaireLink.objects.get().answers == {"1": "缺检测", "2": "研发", "3": 8}


@pytest.mark.parametrize(("choice", "points"), [("试产", "8"), ("研发", "11"), ("研发", "")])
def test_wrong_answers_are_asked_again_and_keep_what_was_typed(world, questionnaire, client, choice, points):
    secret = secrets_of(questionnaire, world, "甲")[0]
    answer = answered(client, secret, "缺检测设备", choice, points)
    assert (answer.status_code, "缺检测设备" in answer.content.decode()) == (422, True)
    assert QuestionnaireLink.objects.get().answered_at is None


def test_a_closed_questionnaire_closes_its_links(world, questionnaire, client):
    first, second = secrets_of(questionnaire, world, "甲", "乙")
    with pytest.raises(Refusal):
        close_questionnaire(questionnaire=questionnaire, actor=world.consultant, summary="无")
    answered(client, first, "缺", "研发", "8")
    close_questionnaire(questionnaire=Questionnaire.objects.get(), actor=world.consultant, summary="急")
    assert client.get(f"/q/{second}/").status_code == 404
    assert answered(client, second, "缺", "研发", "8").status_code == 404


def test_answers_are_summarised_and_not_for_the_client(world, questionnaire, client):
    for secret, values in zip(
        secrets_of(questionnaire, world, "甲", "乙", "丙"),
        [("缺检测", "研发", "8"), ("缺人", "研发", "5"), ("缺钱", "量产", "6")],
        strict=True,
    ):
        answered(client, secret, *values)
    found = summary_of(questionnaire, world.consultant)["lines"]
    assert [(one.question, one.count, one.mean, one.texts) for one in found] == [
        ("主要困难", 3, "", ("缺检测", "缺人", "缺钱")),
        ("所处阶段", 3, "", ("研发: 2", "量产: 1")),
        ("紧迫程度", 3, "6.3", ()),
    ]
    assert summary_of(questionnaire, world.client)["lines"] == []


def test_what_is_refused_when_it_is_kept_comes_back_with_all_answers(world, questionnaire, client):
    [secret] = secrets_of(questionnaire, world, "乙")
    with refusing(get("answer_questionnaire"), "2"), nothing_written():
        answer = answered(client, secret, "人手不足", "量产", "7")
    page = Controls(answer.content.decode())
    assert (answer.status_code, page.wrong) == (422, {"2": WORDS})
    assert (page.typed["1"], page.typed["2"], page.typed["3"]) == (["人手不足"], ["量产"], ["7"])
    assert answered(client, secret, "人手不足", "量产", "7").status_code == 200


def test_a_link_that_is_closed_by_then_gives_the_closed_page(world, questionnaire, client):
    [secret] = secrets_of(questionnaire, world, "乙")
    Questionnaire.objects.update(state="closed")
    assert answered(client, secret, "人手不足", "量产", "7").status_code == 404
