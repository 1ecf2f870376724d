"""6.4.2: the survey goes out by itself, once; its link answers once."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone, translation
from tests.engagement.delivery.conftest import TODAY
from tests.factories.doors import DOOR

from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.delivery import finish_delivery
from keqiao.engagement.delivery.operations.survey import (
    Score,
    answer_survey,
    resend_survey,
    send_survey,
    send_survey_once,
)
from keqiao.engagement.models import Complaint, ComplaintKind, Deliverable, Engagement, Milestone, Survey
from keqiao.faces.history import timeline
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform import outbox
from keqiao.kernel.platform.actors import SYSTEM, VISITOR
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal

CLOSED = "engagement/link_closed.html"


@pytest.fixture
def delivered(world):
    world.engagement.state, world.engagement.delivered_on = Stage.DELIVERED, TODAY
    world.engagement.save()
    return world.engagement


def secret_in(letter: Outbox) -> str:
    return re.search(r"https://keqiao\.example/s/([\w-]{43})/", letter.payload["body"])[1]


@pytest.fixture
def secret(delivered) -> str:
    send_survey(engagement=delivered, actor=SYSTEM)
    return secret_in(Outbox.objects.get(topic="mail"))


def test_asked_for_twice_it_goes_out_once(delivered):
    send_survey_once(delivered)
    send_survey_once(delivered)
    survey = Survey.objects.get()
    letter = Outbox.objects.get(topic="mail")
    assert (survey.sent_to, letter.payload["to"]) == ("wang@example.com", ["wang@example.com"])
    assert list(Entry.objects.values_list("operation", "clause", "actor_label")) == [
        ("send_survey", "6.4.2", "system")
    ]


def test_only_the_hash_of_the_link_is_kept(secret):
    survey = Survey.objects.get()
    kept = [str(getattr(survey, field.attname)) for field in survey._meta.fields]
    assert [secret in text for text in kept] == [False] * len(kept)
    assert secret not in Entry.objects.get().said.body


@pytest.mark.parametrize("who", ["consultant", "manager", "client"])
def test_nobody_sends_it_by_hand(world, delivered, who):
    with pytest.raises(NotAllowed):
        send_survey(engagement=delivered, actor=getattr(world, who))


def test_another_link_ends_the_first_and_is_shown_to_nobody(world, secret, client):
    survey = resend_survey(survey=Survey.objects.get(), actor=world.consultant, email="neu@example.com")
    second = secret_in(Outbox.objects.filter(topic="mail").order_by("-pk").first())
    assert [client.get(f"/s/{one}/").status_code for one in (secret, second)] == [404, 200]
    assert (survey.sent_to, "_shown_once" in survey.__dict__) == ("neu@example.com", False)
    with pytest.raises(Invalid):
        resend_survey(survey=survey, actor=world.consultant, email="nein")


def answer_of(secret, client, **values):
    return client.post(f"/s/{secret}/", {"satisfaction_overall": "9", "idempotency_key": "k1"} | values)


def test_the_link_answers_once_and_the_second_sees_the_closed_page(secret, client):
    first = answer_of(secret, client, comment="很好")
    survey = Survey.objects.get()
    assert (first.status_code, survey.scores, survey.comment, survey.edition) == (
        200, {"satisfaction_overall": 9}, "很好", 1,
    )  # fmt: skip
    second = answer_of(secret, client, idempotency_key="k2", satisfaction_overall="1")
    assert (second.status_code, second.templates[0].name) == (404, CLOSED)
    assert Survey.objects.get().scores == {"satisfaction_overall": 9}
    assert client.get(f"/s/{secret}/").status_code == 404


def test_a_double_click_is_one_answer(secret, client):
    assert [answer_of(secret, client).status_code for _ in range(2)] == [200, 200]
    assert Entry.objects.filter(operation="answer_survey").count() == 1


def test_answered_and_invented_links_give_the_same_page(secret, client):
    answer_of(secret, client)

    def page(one):
        answer = client.get(f"/s/{one}/")
        body = re.sub(
            r'(csrfmiddlewaretoken" value=")[^"]*|(X-CSRFToken": ")[^"]*', "", answer.content.decode()
        )
        return answer.status_code, re.sub(r'name="next" value="[^"]*"', "", body)

    assert page(secret) == page("invented" * 5)


def test_the_page_is_not_stored_and_tells_nobody_its_address(secret, client):
    answer = client.get(f"/s/{secret}/")
    assert ("no-store" in answer["Cache-Control"], answer["Referrer-Policy"]) == (True, "strict-origin")


def test_errors_keep_what_was_typed(secret, client):
    answer = answer_of(secret, client, satisfaction_overall="11", comment="写了一半")
    page = answer.content.decode()
    assert (answer.status_code, "写了一半" in page, Survey.objects.get().answered_at) == (422, True, None)


def test_an_empty_survey_is_no_answer(secret, client):
    assert answer_of(secret, client, satisfaction_overall="").status_code == 422


@pytest.mark.parametrize(
    "score", [Score("nothing", 5), Score("value_for_fee", 0), Score("value_for_fee", 11)]
)
def test_scores_are_of_known_items_and_from_one_to_ten(secret, score):
    with pytest.raises(Invalid):
        answer_survey(survey=Survey.objects.get(), actor=VISITOR, scores=[score])


def test_a_concern_becomes_a_complaint_of_its_own(secret, client):
    answer_of(secret, client, comment="报告晚了", concern="complaint")
    made = Complaint.objects.get()
    assert (made.kind, made.text, made.channel, made.filed_by) == (
        ComplaintKind.COMPLAINT,
        "报告晚了",
        "survey",
        None,
    )
    assert answer_of(secret, client, idempotency_key="x").status_code == 404


def test_a_concern_without_words_is_asked_again(secret, client):
    assert answer_of(secret, client, concern="complaint").status_code == 422
    assert (Complaint.objects.count(), Survey.objects.get().answered_at) == (0, None)


def test_the_client_answers_signed_in_and_others_find_nothing(world, secret, client):
    address = f"/surveys/{Survey.objects.get().pk}/answer/"
    found = {}
    for who in (world.stranger, world.consultant, world.client):
        client.force_login(who, backend=DOOR)
        found[who.name] = client.get(address).status_code
    assert found == {"别家": 404, "顾问": 404, "王客户": 200}
    assert client.post(address, {"loyalty_again": "7"}).status_code == 200
    assert Survey.objects.get().scores == {"loyalty_again": 7}


def test_staff_can_not_answer_for_the_client(world, secret):
    with pytest.raises(NotAllowed):
        answer_survey(
            survey=Survey.objects.get(), actor=world.consultant, scores=[Score("value_for_fee", 10)]
        )


def test_an_answered_survey_gets_no_other_link(world, secret, client):
    answer_of(secret, client)
    with pytest.raises(Refusal):
        resend_survey(survey=Survey.objects.get(), actor=world.consultant, email="neu@example.com")


def test_a_flood_from_one_address_is_held_off(secret, client):
    codes = [client.get("/s/invented/").status_code for _ in range(61)]
    assert (codes[59], codes[60]) == (404, 429)
    assert client.get(f"/s/{secret}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_one_asked_for_before_reactions_is_still_sent(delivered):
    """A site is updated while an effect of before waits in the outbox."""
    with transaction.atomic():
        outbox.enqueue(topic="send-survey", payload={"engagement": delivered.pk}, key="engagement-1")
    import_module("keqiao.engagement.migrations.0014_waiting_effects").name_the_engagement(apps, None)
    assert outbox.run_due(now=timezone.now(), limit=1).done == 1
    assert Survey.objects.get().engagement == delivered
    assert Entry.objects.get(operation="send_survey").caused_by is None


def test_its_entry_names_the_step_that_it_follows_from(world, delivered):
    Engagement.objects.filter(pk=delivered.pk).update(state=Stage.IMPLEMENTING)
    Milestone.objects.update(delivered_on=TODAY)
    one = Deliverable.objects.create(
        engagement=delivered, number="JG-2026-00001", name="报告", due_on=TODAY, state="accepted"
    )
    finish_delivery(engagement=world.renewed(), actor=world.consultant)
    assert outbox.run_due(now=timezone.now(), limit=1).done == 1
    assert Entry.objects.get(operation="send_survey").caused_by == {
        "case": f"engagement:{one.engagement_id}",
        "case_n": Entry.objects.get(operation="finish_delivery").case_n,
        "operation": "finish_delivery",
        "reaction": "send-survey",
    }
    with translation.override("en"):
        staff, client = (
            {line.label.partition(" ·")[0]: line.follows for line in timeline(world.renewed(), actor=who)}
            for who in (world.consultant, world.client)
        )
    assert (staff["Send satisfaction survey"], staff["Finish delivery"]) == ("Finish delivery", "")
    assert set(client.values()) == {""}
