"""Several workers at one outbox: each effect is had once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.outbox import enqueue, handles, run_due

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@handles("test.counted")
def count(*, payload, key):
    Group.objects.create(name=key)


def work(_worker):
    try:
        return run_due(now=NOW)
    finally:
        connection.close()


@pytest.mark.usefixtures("committing")
def test_workers_at_the_same_time_share_the_rows():
    with transaction.atomic():
        for number in range(30):
            enqueue(topic="test.counted", payload={}, key=str(number))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    assert (sum(result.done for result in results), sum(result.failed for result in results)) == (30, 0)
    assert Counter(Group.objects.values_list("name", flat=True)) == Counter(str(n) for n in range(30))
    assert set(Outbox.objects.values_list("state", "attempts")) == {("done", 1)}
