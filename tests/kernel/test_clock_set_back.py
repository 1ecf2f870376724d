"""The machine's clock is set back: the record keeps its order, seals don't run backwards, nothing is lost."""

from datetime import timedelta

from tests.kernel.conftest import NOW

from keqiao.kernel.models import Entry, Seal
from keqiao.kernel.record.audit import verify_log
from keqiao.kernel.record.sealing import seal

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
