"""What the processes of a site remember together: counted exactly, forgotten in time."""

import pytest
from django.core.cache import cache
from tests.concurrency.together import together

from keqiao.kernel.models import SharedNote
from keqiao.kernel.platform import shared


def over():
    """The time of all notes is over."""
    SharedNote.objects.update(until=0)


def test_a_value_is_kept_until_its_time_is_over(db):
    cache.set("history", [2.5, 1.25], 60)
    assert cache.get("history") == [2.5, 1.25]
    over()
    assert cache.get("history", "nothing") == "nothing"


def test_a_value_is_replaced_and_deleted(db):
    cache.set("a", 1)
    cache.set("a", {"b": None})
    assert cache.get("a") == {"b": None}
    assert (cache.delete("a"), cache.delete("a"), cache.get("a")) == (True, False, None)


def test_what_is_added_is_added_once_until_its_time_is_over(db):
    assert [cache.add("code", "y", 30) for _ in range(2)] == [True, False]
    over()
    assert cache.add("code", "z", 30)
    assert cache.get("code") == "z"


def test_counting_up_and_down(db):
    cache.set("n", 5, None)
    assert (cache.incr("n"), cache.incr("n", 3), cache.decr("n", 2)) == (6, 9, 7)
    over()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")


def test_a_longer_time(db):
    cache.set("a", 1, 1)
    before = SharedNote.objects.get().until
    assert cache.touch("a", 3600)
    assert SharedNote.objects.get().until > before + 3000
    over()
    assert not cache.touch("a", 3600)


def test_no_time_at_all(db):
    cache.set("a", 1, 0)
    assert cache.get("a") is None


def test_what_json_can_not_say_is_refused(db):
    with pytest.raises(TypeError):
        cache.set("a", object())


def test_the_first_are_allowed_and_no_more_until_the_time_is_over(db):
    assert [shared.allowed("x", most=2, seconds=60) for _ in range(4)] == [True, True, False, False]
    assert shared.allowed("y", most=2, seconds=60)
    over()
    assert shared.allowed("x", most=2, seconds=60)


def test_names_lie_nowhere_in_the_clear(db):
    cache.set("code=123456", "y")
    shared.allowed("link:203.0.113.9", most=2, seconds=60)
    kept = " ".join(f"{note.key} {note.value}" for note in SharedNote.objects.all())
    assert ("123456" in kept, "203.0.113.9" in kept) == (False, False)


def test_what_is_over_is_swept(db):
    cache.set("old", 1)
    over()
    cache.set("new", 1, 60)
    assert shared.sweep() == 1
    assert cache.get("new") == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_each_counts_and_one_adds():
    allowed, added = [], []

    def ask():
        allowed.append(shared.allowed("x", most=3, seconds=60))
        added.append(cache.add("code", "y", 30))

    together(*[ask] * 8)
    assert (sorted(allowed), sorted(added)) == ([False] * 5 + [True] * 3, [False] * 7 + [True])
