"""A house with three engagements: one for 5.3.c, two for 5.5.d of which one came to a confirmed plan. Nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.databases.copies import Copy
from tests.factories.doors import with_session
from tests.factories.world import NOON

from keqiao.kernel.platform import clock

LAST_MINUTE = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)  # 23:59 on the last day of March in Shanghai
NEXT_MINUTE = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)


@pytest.fixture
def house(on_counted: Copy) -> Iterator[dict[str, Any]]:
    found = on_counted.laid()
    with clock.at(NOON):
        yield {**found, "reader": with_session(found["reader"])}
