"""Effects outside the database: none without a commit, none lost, and each had once where that can be had."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import outbox
from keqiao.kernel.platform.outbox import Delivered, enqueue, forget_delivered, handles, revive, run_due

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)  # later than anything these tests enqueue by the clock


@handles("test.group")
def make_group(*, payload, key):
    Group.objects.create(name=payload["name"])
    if payload.get("fail"):
        raise ConnectionError("示例：服务不可达")


class Outside:
    """Stands for the world: it keeps what reached it and can be out of reach."""

    def __init__(self):
        self.received = []
        self.down = False

    def receive(self, *, payload, key):
        if self.down:
            raise ConnectionError("down")
        self.received.append((key, payload))


WORLD = Outside()
handles("test.outside", external=True)(WORLD.receive)


@handles("test.twice", external=True)
def delivered_meanwhile(*, payload, key):
    """While this handler runs another worker gets the row, because this one took longer than its lease."""
    WORLD.received.append((key, payload))
    if payload["first"] and len(WORLD.received) == 1:
        assert run_due(now=NOW + outbox.LEASE) == Delivered(1, 0)


@pytest.fixture(autouse=True)
def world():
    WORLD.received.clear()
    WORLD.down = False
    return WORLD


@pytest.mark.parametrize(
    ("ahead", "done"),
    [(timedelta(days=3650), 1), (outbox.LONGEST_RETRY * 1.01, 1), (outbox.LONGEST_RETRY, 0)],
)
def test_what_was_asked_for_while_the_clock_was_ahead_is_not_waited_for(ahead, done):
    """Nothing is put off longer than the longest retry; what is due later was written by a clock that was set back."""
    row = ask()
    Outbox.objects.filter(pk=row.pk).update(due_at=NOW + ahead)
    assert run_due(now=NOW) == Delivered(done, 0)


def ask(topic="test.group", key="1", **payload):
    with transaction.atomic():
        return enqueue(topic=topic, payload=payload or {"name": "示例"}, key=key)


def again(row):
    return Outbox.objects.get(pk=row.pk)


def test_an_effect_is_had_after_the_commit_and_the_row_forgets_its_content():
    row = ask()
    assert run_due(now=NOW) == Delivered(1, 0)
    assert [group.name for group in Group.objects.all()] == ["示例"]
    row = again(row)
    assert (row.state, row.payload, row.done_at, row.attempts) == ("done", {}, NOW, 1)
    assert run_due(now=NOW) == Delivered(0, 0)


def test_a_rolled_back_step_has_no_effect():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(topic="test.group", payload={"name": "x"}, key="1")
        1 / 0  # noqa: B018
    assert run_due(now=NOW) == Delivered(0, 0)


@pytest.mark.usefixtures("committing")
def test_outside_a_transaction_nothing_is_enqueued():
    with pytest.raises(transaction.TransactionManagementError):
        enqueue(topic="test.group", payload={}, key="1")


def test_asked_for_twice_it_is_one_effect():
    first, second = ask(), ask()
    assert first.pk == second.pk
    assert ask(topic="test.outside").pk != first.pk
    assert run_due(now=NOW) == Delivered(2, 0)
    assert ask().pk == first.pk
    assert run_due(now=NOW) == Delivered(0, 0)


def test_effects_come_in_the_order_they_were_asked_for(world):
    for number in range(5):
        ask(topic="test.outside", key=str(number), number=number)
    run_due(now=NOW)
    assert world.received == [(str(number), {"number": number}) for number in range(5)]


def test_what_a_failed_handler_wrote_is_undone_and_it_is_tried_again_later():
    row = ask(name="示例", fail=True)
    other = ask(key="2")
    assert run_due(now=NOW) == Delivered(1, 1)
    assert Group.objects.count() == 1
    row = again(row)
    assert (row.state, row.attempts, row.due_at) == ("waiting", 1, NOW + timedelta(seconds=30))
    assert row.error == "ConnectionError: 示例：服务不可达"
    assert again(other).state == "done"


def test_retries_wait_longer_each_time_and_end_as_a_dead_letter(world):
    world.down = True
    row, now, waits = ask(topic="test.outside"), NOW, []
    while again(row).state == "waiting":
        assert run_due(now=now) == Delivered(0, 1)
        waits.append((again(row).due_at - now).total_seconds())
        now = again(row).due_at
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600]
    assert run_due(now=now) == Delivered(0, 0)
    assert [letter.pk for letter in outbox.dead_letters()] == [row.pk]
    assert again(row).payload == {"name": "示例"}


def test_a_dead_letter_can_be_revived(world):
    row = ask(topic="test.outside")
    assert revive(row=row, now=NOW) is False
    Outbox.objects.filter(pk=row.pk).update(state="dead", attempts=12)
    assert run_due(now=NOW) == Delivered(0, 0)
    assert revive(row=row, now=NOW) is True
    assert run_due(now=NOW) == Delivered(1, 0)
    assert world.received == [("1", {"name": "示例"})]


def test_a_topic_nobody_handles_waits_for_its_handler():
    row = ask(topic="test.unknown")
    assert run_due(now=NOW) == Delivered(0, 1)
    assert again(row).error == "LookupError: no handler is registered for topic 'test.unknown'"


def test_a_worker_that_died_is_taken_over_when_its_lease_ends():
    row = ask()
    claimed = outbox._claim(NOW)
    assert claimed == row
    assert run_due(now=NOW + outbox.LEASE - timedelta(seconds=1)) == Delivered(0, 0)
    assert run_due(now=NOW + outbox.LEASE) == Delivered(1, 0)
    assert Group.objects.count() == 1


def test_delivered_twice_it_has_one_effect_in_the_database():
    """A worker believed dead wakes up after another has delivered."""
    ask()
    late = outbox._claim(NOW)
    assert run_due(now=NOW + outbox.LEASE) == Delivered(1, 0)
    assert outbox._deliver(late, NOW) is False
    assert [group.name for group in Group.objects.all()] == ["示例"]
    assert again(late).state == "done"


def test_an_outside_effect_had_twice_carries_the_same_key(world):
    row = ask(topic="test.twice", first=True)
    run_due(now=NOW)
    assert [key for key, _payload in world.received] == ["1", "1"]
    assert (again(row).state, again(row).attempts) == ("done", 2)


def test_one_call_delivers_no_more_than_its_limit():
    for number in range(5):
        ask(key=str(number), name=f"示例{number}")
    assert run_due(now=NOW, limit=3) == Delivered(3, 0)
    assert run_due(now=NOW, limit=3) == Delivered(2, 0)


def test_what_is_not_due_waits():
    row = ask()
    Outbox.objects.filter(pk=row.pk).update(due_at=NOW + timedelta(seconds=1))
    assert run_due(now=NOW) == Delivered(0, 0)
    assert run_due(now=NOW + timedelta(seconds=1)) == Delivered(1, 0)


def test_delivered_rows_are_forgotten_after_their_time_and_no_others(world):
    ask()
    run_due(now=NOW)
    world.down = True
    failed = ask(topic="test.outside", key="2")
    run_due(now=NOW)
    assert forget_delivered(now=NOW + timedelta(days=30)) == 0
    assert forget_delivered(now=NOW + timedelta(days=30, seconds=1)) == 1
    assert Outbox.objects.get() == failed


def test_a_topic_has_one_handler():
    with pytest.raises(ValueError, match=r"test\.group"):
        handles("test.group")(make_group)


@pytest.mark.once
@pytest.mark.parametrize("text", ["2026-13-45 00:00:00", "1", "", "0000-00-00", "2020-01-01 99:99"])
def test_a_due_time_that_cannot_be_read_is_delivered_and_stops_nobody(text):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such time")
    for key in ("bad", "good"):
        enqueue(topic="test.group", payload={"name": key}, key=key)
    with connection.cursor() as cursor:
        for column in ("due_at", "created_at"):
            cursor.execute(f"UPDATE kernel_outbox SET {column} = %s WHERE key = 'bad'", [text])
    assert run_due(now=NOW) == Delivered(2, 0)
    assert set(Group.objects.values_list("name", flat=True)) >= {"bad", "good"}
