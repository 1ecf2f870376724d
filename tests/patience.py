"""How long a test waits for what must come sooner or later, on a busy machine too.

Nothing is asserted of the time something takes: the limit only ends a test that would never end.
"""

import time
from collections.abc import Callable

PATIENCE = 300  # seconds
BROWSER_PATIENCE = 60_000  # milliseconds, for whatever a page should show


def wait_until(met: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)
