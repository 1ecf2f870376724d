"""The machine's clock is set back: the record keeps its order, seals don't run backwards, nothing is lost."""

from datetime import timedelta

from tests.kernel.conftest import NOW
from tests.kernel.forging import private_of, sign_seal, sql
from tests.kernel.packs import SHA

from keqiao.kernel.models import Entry, Seal, SealKey
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.seal_keys import rotate_seal_key
from keqiao.kernel.record.sealing import seal
from keqiao.kernel.record.verify import verify

YEAR = timedelta(days=365)


def test_entries_keep_the_order_they_were_written_in(write):
    write(at=NOW)
    write(at=NOW - YEAR)
    write(at=NOW)
    found = list(Entry.objects.order_by("id").values_list("case_n", "at"))
    assert found == [(1, NOW), (2, NOW - YEAR), (3, NOW)]


def test_a_seal_is_never_older_than_the_one_before_and_says_so(write):
    write()
    seal(now=NOW)
    write(at=NOW - YEAR)
    seal(now=NOW - YEAR)
    assert list(Seal.objects.order_by("number").values_list("at", "clock_behind")) == [
        (NOW, False),
        (NOW, True),
    ]
    assert verify_log() == []


def test_a_clock_that_jumped_ahead_is_not_followed_for_ever(write):
    """Two seals ten years ahead, then the right time: it is taken again, and the seals say what happened."""
    ahead, minute = NOW + 10 * YEAR, timedelta(minutes=1)
    for moment in (NOW, ahead, ahead + minute, NOW + minute, NOW + 2 * minute):
        write(at=moment)
        seal(now=moment)
    assert list(Seal.objects.order_by("number").values_list("at", "clock_behind")) == [
        (NOW, False),
        (ahead, False),
        (ahead + minute, False),
        (NOW + minute, True),
        (NOW + 2 * minute, False),
    ]
    assert verify_log() == []


def test_a_key_taken_while_the_clock_was_ahead_seals_at_the_right_time(write):
    ahead, minute = NOW + 10 * YEAR, timedelta(minutes=1)
    write()
    seal(now=NOW)
    rotate_seal_key(now=ahead)
    for turn in (1, 2):
        write()
        seal(now=NOW + turn * minute)
    assert list(Seal.objects.order_by("number").values_list("at", "clock_behind")) == [
        (NOW, False),
        (NOW + minute, True),
        (NOW + 2 * minute, True),
    ]
    assert verify_log() == []


def test_a_pack_over_a_jump_is_intact(write, make):
    for moment in (NOW, NOW + 10 * YEAR, NOW + timedelta(minutes=1)):
        write(at=moment, files=[SHA])
        seal(now=moment)
    assert verify(make()) == []


def test_an_earlier_seal_that_does_not_say_so_is_a_fault(write, unguarded, seal_key_file):
    for moment in (NOW, NOW + timedelta(minutes=1)):
        write()
        seal(now=moment)
    sql("UPDATE kernel_seal SET at = %s WHERE number = 2", NOW - YEAR)
    sign_seal(2, private_of(seal_key_file), SealKey.objects.get().key_id)
    assert ("turn", "seal 2") in {(item.code, item.where) for item in verify_log()}
