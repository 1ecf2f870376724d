"""Reminders: one letter a working day, with what waits for this person and nothing else."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from tests.factories import contracts as make
from tests.factories.declared import COMPETENCES, competence_until, declared, of_competence
from tests.factories.doors import browser_of

from keqiao.accounts.models import Kind, ReminderChoice, ReminderDigest, User
from keqiao.accounts.operations.reminders import choose_reminders, send_digests
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Deliverable, Engagement, Material, Member, Plan, Task
from keqiao.engagement.preparation.states import PlanState
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import calendar, clock
from keqiao.kernel.steps.deadlines.declaration import NEVER, Remind
from keqiao.kernel.steps.deadlines.reminding import is_before

pytestmark = pytest.mark.django_db
# 2026-10-01 to 07 are days off for the National Day; 10-10, a Saturday, is worked.
THURSDAY = date(2026, 10, 8)


@pytest.fixture(autouse=True)
def _house(settings):
    settings.SITE_ORIGIN = "https://keqiao.example"
    settings.INSTITUTION_NAME = "示例服务中心（虚构）"


def at(day, hour=8, minute=30):
    return datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Shanghai"))


def run(day, hour=8, minute=30):
    """Letters queued by one run of the job."""
    return send_digests(now=at(day, hour, minute))


def letters():
    return [row.payload for row in Outbox.objects.filter(topic="mail").order_by("pk")]


def consultant(**fields):
    return make.staff(email=f"{make.staff().username}@example.com", **fields)


def deliverable(due, *, name="报告", **fields):
    one = make.engagement(state=Stage.IMPLEMENTING, **fields)
    number = f"CG-{one.pk}"
    return Deliverable.objects.create(engagement=one, number=number, name=name, due_on=due)


def days_of_letters(first, last):
    """On which days of these a run in the morning queues a letter."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if run(day)]


def test_three_and_one_working_days_before_and_each_working_day_after_across_a_holiday():
    deliverable(THURSDAY, consultant=consultant())
    assert days_of_letters(date(2026, 9, 20), date(2026, 10, 12)) == [
        date(2026, 9, 28),  # of 9-28, 9-29, 9-30 the third working day before
        date(2026, 9, 30),
        date(2026, 10, 9),
        date(2026, 10, 10),  # a worked Saturday
        date(2026, 10, 12),
    ]


def test_what_is_due_on_a_day_off_is_said_before_the_holiday_and_after_it():
    deliverable(date(2026, 10, 5), consultant=consultant())
    assert days_of_letters(date(2026, 9, 27), THURSDAY) == [date(2026, 9, 28), date(2026, 9, 30), THURSDAY]


@pytest.mark.parametrize(
    ("day", "number", "today"),
    [
        (THURSDAY, 1, date(2026, 9, 30)),
        (THURSDAY, 3, date(2026, 9, 28)),
        (date(2026, 10, 5), 1, date(2026, 9, 30)),
        (date(2026, 10, 12), 1, date(2026, 10, 10)),
        (date(2026, 2, 24), 1, date(2026, 2, 14)),  # Spring Festival: 2-15 to 2-23; 2-14 is a worked Saturday
        (THURSDAY, 0, THURSDAY),
    ],
)
def test_working_days_are_those_of_the_calendar(day, number, today):
    working = calendar.current()
    found = [n for n in range(-20, 1) if is_before(day, (number,), day + timedelta(days=n), working)]
    assert found == [(today - day).days]


def test_the_letter_says_what_when_and_where_and_names_no_client():
    me = consultant()
    made = deliverable(THURSDAY, consultant=me)
    run(date(2026, 10, 10))
    assert letters() == [
        {
            "to": [me.email],
            "subject": "[示例服务中心（虚构）] 您有 1 项待办",
            "body": (
                f"{me.name}：\n\n以下事项待您办理：\n\n{made.engagement.number}\n"
                "- 2026-10-08 到期，已逾期 2 天：交付“报告”\n"
                f"  https://keqiao.example/deliverables/{made.pk}/do/hand_over_deliverable/"
                f"?next=/engagements/{made.engagement_id}/\n\n"
                "全部待办： https://keqiao.example/\n\n"
                "更改或停止提醒： https://keqiao.example/accounts/me/reminders/\n\n"
                "示例服务中心（虚构）\n"
            ),
        }
    ]
    assert made.enterprise.name not in letters()[0]["body"]


def test_one_block_for_each_thing_the_first_due_in_front():
    me = consultant()
    late = deliverable(date(2026, 9, 1), consultant=me)
    later = deliverable(date(2026, 9, 29), consultant=me)
    Deliverable.objects.create(
        engagement=late.engagement, number="CG-x", name="清单", due_on=date(2026, 9, 30)
    )
    run(date(2026, 10, 8))
    heads = [part.splitlines() for part in letters()[0]["body"].split("\n\n")[2:4]]
    assert [(lines[0], len(lines)) for lines in heads] == [
        (late.engagement.number, 5),
        (later.engagement.number, 3),
    ]


def test_run_twice_it_sends_once_and_the_next_day_again():
    deliverable(date(2026, 10, 8), consultant=consultant())
    assert [run(date(2026, 10, 9)), run(date(2026, 10, 9)), run(date(2026, 10, 9), 17)] == [1, 0, 0]
    assert run(date(2026, 10, 10)) == 1
    assert len(letters()) == 2


def test_the_row_of_the_day_and_the_letter_stand_or_fall_together():
    good, bad = consultant(), make.staff(email="no address")
    for one in (bad, good):
        deliverable(date(2026, 10, 8), consultant=one)
    assert run(date(2026, 10, 9)) == 1
    assert [(row.user_id, row.day, row.lines) for row in ReminderDigest.objects.all()] == [
        (good.pk, date(2026, 10, 9), 1)
    ]
    User.objects.filter(pk=bad.pk).update(email="bad@example.com")
    assert run(date(2026, 10, 9), 9) == 1


def test_not_before_the_hour_and_later_the_same_day_when_the_worker_was_down():
    deliverable(date(2026, 10, 8), consultant=consultant())
    assert [run(date(2026, 10, 9), 8, 29), run(date(2026, 10, 9), 15)] == [0, 1]


def test_nothing_on_a_day_nobody_works():
    deliverable(date(2026, 9, 1), consultant=consultant())
    assert [run(date(2026, 10, 1)), run(date(2026, 10, 11))] == [0, 0]
    assert ReminderDigest.objects.count() == 0


def test_an_empty_digest_is_not_sent_and_not_looked_for_again():
    consultant()
    assert run(date(2026, 10, 9)) == 0
    assert [row.lines for row in ReminderDigest.objects.all()] == [0]
    assert letters() == []


def test_nothing_for_a_deactivated_account_and_for_one_without_address():
    gone = consultant()
    deliverable(date(2026, 10, 8), consultant=gone)
    deliverable(date(2026, 10, 8), consultant=make.staff())
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert run(date(2026, 10, 9)) == 0


@pytest.mark.parametrize("address", [" ", "\u3000", "不详", "a@", "a@b c.com"])
def test_what_is_no_address_is_no_letter_and_stands_in_nobodys_way(address, caplog):
    """Neither looked up nor failed again and again; the person is told on the page, the others have theirs."""
    unknown, me = consultant(), consultant()
    User.objects.filter(pk=unknown.pk).update(email=address)
    for person in (unknown, me):
        deliverable(date(2026, 10, 8), consultant=person)
    assert run(date(2026, 10, 9)) == 1
    assert [letter["to"] for letter in letters()] == [[me.email]]
    assert (ReminderDigest.objects.filter(user=unknown).count(), caplog.records) == (0, [])


def test_the_group_hears_of_its_own_tasks_and_who_is_in_charge_of_the_rest():
    me, helper = consultant(), consultant()
    one = deliverable(THURSDAY, consultant=me).engagement
    member = Member.objects.create(
        engagement=one, user=helper, role="consultant", duty="调研", undertaking_at=make.NOON
    )
    Task.objects.create(engagement=one, title="整理数据", member=member, due_on=THURSDAY)
    run(date(2026, 10, 9))
    assert {letter["to"][0]: letter["body"].count("\n- ") for letter in letters()} == {
        me.email: 1,
        helper.email: 1,
    }
    assert "任务：整理数据" in next(letter["body"] for letter in letters() if letter["to"] == [helper.email])


def test_what_nobody_is_in_charge_of_is_said_to_the_managers():
    boss = consultant()
    boss.grants.create(role="manager")
    one = deliverable(THURSDAY).engagement
    assert run(date(2026, 10, 9)) == 0
    Engagement.objects.filter(pk=one.pk).update(consultant=None)
    assert run(date(2026, 10, 12)) == 1
    gone = make.staff(is_active=False)
    Engagement.objects.filter(pk=one.pk).update(consultant=gone)
    assert run(date(2026, 10, 13)) == 1
    assert [letter["to"] for letter in letters()] == [[boss.email]] * 2


def client(one, name):
    return make.client_of(one.enterprise, email=f"{name}@example.com")


def test_the_clients_people_get_what_waits_for_them_each_a_letter_of_their_own():
    one = deliverable(THURSDAY, consultant=consultant()).engagement
    Plan.objects.create(
        engagement=one, number="FA-1", edition=1, objectives="x", content="x", begins_on=THURSDAY,
        state=PlanState.SENT,
    )  # fmt: skip
    Engagement.objects.filter(pk=one.pk).update(stage_due_on=THURSDAY)
    people = [client(one, "a"), client(one, "b"), client(make.engagement(), "other")]
    run(date(2026, 10, 9))
    found = {
        letter["to"][0]: letter["body"] for letter in letters() if letter["to"][0] != one.consultant.email
    }
    assert [letter["to"] for letter in letters() if len(letter["to"]) != 1] == []
    assert sorted(found) == ["a@example.com", "b@example.com"]
    assert found["a@example.com"].startswith(
        f"尊敬的{people[0].name}：\n\n以下事项待您办理：\n\n{one.number} {one.title}\n"
        "- 2026-10-08 到期，已逾期 1 天：确认方案 FA-1\n"
        f"  https://keqiao.example/engagements/{one.pk}/plan/\n"
    )
    assert "报告" not in found["a@example.com"]


def test_many_pieces_of_material_are_one_line():
    one = make.engagement(state=Stage.CORRECTING, truthful_at=make.NOON, stage_due_on=THURSDAY)
    for name in ("营业执照", "审计报告"):
        Material.objects.create(engagement=one, name=name)
    client(one, "a")
    run(date(2026, 10, 9))
    assert letters()[0]["body"].count("\n- ") == 1
    assert "提供 2 项资料" in letters()[0]["body"]


def test_above_the_clearance_nothing_is_said_and_above_internal_only_that_something_is_due():
    me = consultant(clearance=2)
    deliverable(THURSDAY, consultant=me, level=2, name="机密成果")
    run(date(2026, 10, 9))
    assert "机密成果" not in letters()[0]["body"]
    assert "有一项待办，请登录查看" in letters()[0]["body"]
    User.objects.filter(pk=me.pk).update(clearance=1)
    assert run(date(2026, 10, 10)) == 0


def chosen(user, **said):
    usual = {"active": True, "before": None, "late": True, "hour": time(8, 30)}
    return choose_reminders(actor=user, **usual | said)


def test_a_person_chooses_days_and_hour():
    me = consultant()
    deliverable(THURSDAY, consultant=me)
    chosen(me, before=[2], late=False, hour=time(17, 0))
    assert [run(date(2026, 9, 28), 18), run(date(2026, 9, 29)), run(date(2026, 9, 29), 17)] == [0, 0, 1]
    assert run(date(2026, 10, 9), 18) == 0


def test_a_person_may_have_none():
    me = consultant()
    deliverable(THURSDAY, consultant=me)
    chosen(me, active=False)
    assert run(date(2026, 10, 9)) == 0
    chosen(me)
    assert run(date(2026, 10, 9), 9) == 1
    assert ReminderChoice.objects.count() == 1


@pytest.mark.parametrize("before", [[-1], [21], ["1"], {"a": 1}])
def test_days_are_numbers_of_working_days(before):
    with pytest.raises(ValidationError):
        chosen(consultant(), before=before)


@pytest.mark.parametrize(
    ("remind", "days"),
    [
        (Remind((2,), after=False), [date(2026, 9, 29)]),
        (NEVER, []),
    ],
)
def test_a_kind_of_deadline_says_when_it_is_usually_told(remind, days):
    competence_until(consultant(), THURSDAY)
    with declared(of_competence(remind=remind), belonging=(COMPETENCES,)):
        assert days_of_letters(date(2026, 9, 28), date(2026, 10, 9)) == days


def test_what_is_none_of_the_clients_belongs_to_no_number():
    me = consultant()
    row = competence_until(me, THURSDAY)
    with declared(of_competence(), belonging=(COMPETENCES,)):
        run(date(2026, 10, 9))
    assert (
        "\n\n- 2026-10-08 到期，已逾期 1 天：Renew 示例技术经纪人\n  https://keqiao.example/staff-competences/"
        in (letters()[0]["body"])
    )
    assert str(row.pk) in letters()[0]["body"]


@pytest.mark.parametrize("kind", [Kind.STAFF, Kind.CLIENT])
def test_the_page_keeps_what_was_chosen(kind):
    person = make.staff() if kind == Kind.STAFF else make.client_of(make.enterprise())
    with clock.at(at(THURSDAY)):
        page = browser_of(person)
        shown = page.get("/accounts/me/reminders/").context["form"].initial
        assert shown == {"active": True, "before": [], "late": True, "hour": "08:30"}
        answer = page.post("/accounts/me/reminders/", {"active": "on", "before": ["1", "5"], "hour": "17:30"})
        assert (answer.status_code, answer.url) == (302, "/accounts/me/reminders/")
    kept = ReminderChoice.objects.get(user=person)
    assert (kept.active, kept.before, kept.late, kept.hour) == (True, [1, 5], False, time(17, 30))


def test_the_page_refuses_other_days_and_hours():
    page = browser_of(make.staff())
    answer = page.post("/accounts/me/reminders/", {"active": "on", "before": ["4"], "hour": "03:00"})
    assert sorted(answer.context["form"].errors) == ["before", "hour"]
    assert ReminderChoice.objects.count() == 0
