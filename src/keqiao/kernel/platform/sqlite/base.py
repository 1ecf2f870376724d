"""How a transaction waits for its turn to write.

SQLite lets one writer in. Who waits by SQLite's own means sleeps longer each time, up to a tenth of a second, while
whoever comes just then goes first: one in a hundred small steps took seconds, and often nobody wrote at all. Here
everybody who waits asks again after the same short time (decision 0086).
"""

import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from keqiao.kernel.platform.patience import is_busy

PAUSE = 0.002  # seconds; a small step holds the database about twice as long


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Raises OperationalError where the turn doesn't come within the time-out of the settings."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        end = time.monotonic() + patience
        self._wait_by_itself(0)
        try:
            while not self._begins(last=time.monotonic() > end):
                time.sleep(PAUSE)
        finally:
            self._wait_by_itself(patience)

    def _begins(self, *, last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if last or not is_busy(error):
                raise
            return False
        return True

    def _wait_by_itself(self, seconds: float) -> None:
        assert self.connection is not None
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
