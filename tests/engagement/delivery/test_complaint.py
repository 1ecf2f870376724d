"""6.4.2: complaints and suggestions are filed by any channel, acknowledged and answered in time."""

from datetime import date

import pytest
from tests.engagement.delivery.conftest import at

from keqiao.engagement.case.states import Stage
from keqiao.engagement.delivery.operations.complaint import answer_complaint, file_complaint
from keqiao.engagement.models import Complaint, ComplaintChannel, ComplaintKind
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.errors import Invalid, NotAllowed, WrongState


def filed(world, actor=None, **other):
    values = {"engagement": world.engagement, "kind": ComplaintKind.COMPLAINT, "text": "报告晚了"}
    return file_complaint(actor=actor or world.client, **(values | other))


def test_a_complaint_has_its_number_and_its_day(world):
    made = filed(world)
    # 15 working days after Monday 2 March 2026, no holiday between: Monday 23 March.
    assert (made.number, made.state, made.due_on, made.channel, made.filed_by) == (
        "TS-2026-00001", "filed", date(2026, 3, 23), "portal", world.client,
    )  # fmt: skip
    assert made.acknowledged_at is not None
    letter = Outbox.objects.get(topic="mail").payload
    assert (letter["to"], "TS-2026-00001" in letter["subject"], "2026-03-23" in letter["body"]) == (
        ["wang@example.com"], True, True,
    )  # fmt: skip


def test_staff_say_by_which_channel_it_came(world):
    with pytest.raises(Invalid) as refused:
        filed(world, actor=world.consultant)
    assert list(refused.value.fields) == ["channel"]
    assert filed(world, actor=world.consultant, channel=ComplaintChannel.PHONE).channel == "phone"


def test_a_client_can_not_name_a_channel_that_is_not_its_own(world):
    assert filed(world, channel=ComplaintChannel.PHONE).channel == "portal"


@pytest.mark.parametrize("who", ["stranger", "outsider"])
def test_strangers_file_nothing(world, who):
    with pytest.raises(NotAllowed):
        filed(world, actor=getattr(world, who), channel=ComplaintChannel.PHONE)


def test_a_complaint_can_be_filed_after_the_archive(world):
    world.engagement.state = Stage.ARCHIVED
    world.engagement.save()
    assert filed(world).state == "filed"


@pytest.mark.parametrize(("day", "late"), [(date(2026, 3, 23), 0), (date(2026, 3, 27), 4)])
def test_days_late_of_an_answer(world, day, late):
    made = filed(world)
    with at(day):
        answer_complaint(complaint=made, actor=world.manager, answer="致歉并补做")
    made = Complaint.objects.get()
    assert (made.state, made.answered_on, made.days_late) == ("answered", day, late)
    assert Outbox.objects.filter(topic="mail").count() == 2


@pytest.mark.parametrize("who", ["client", "stranger", "outsider"])
def test_only_who_is_in_charge_answers(world, who):
    with pytest.raises(NotAllowed):
        answer_complaint(complaint=filed(world), actor=getattr(world, who), answer="答")


def test_it_is_answered_once(world):
    made = filed(world)
    answer_complaint(complaint=made, actor=world.consultant, answer="答")
    with pytest.raises(WrongState):
        answer_complaint(complaint=made, actor=world.consultant, answer="再答")


def test_filed_twice_under_one_key_is_one(world):
    assert filed(world, key="k").pk == filed(world, key="k").pk
    assert Complaint.objects.count() == 1
