"""How long a process waits for its turn to write. A web process waits briefly, since who waits there keeps a thread from
readers; a worker and a command have time.
"""

import sqlite3

from django.db import OperationalError, connections
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Refusal

WEB = 3  # seconds
PRIMARY = 0xFF  # of a code of SQLite: what stands above only says more
LOCK_NOT_AVAILABLE = "55P03"  # of PostgreSQL, after lock_timeout


class Busy(Refusal):
    """The turn didn't come in time. Nothing was changed; what was typed stays in the form."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("Others are writing just now; your step was not taken, and nothing you typed is lost."),
            remedy=_("Send it again in a moment."),
        )


def wait_at_most(seconds: float) -> None:
    """From now on, for every connection of this process that is opened afterwards."""
    connections.close_all()
    options = connections.settings["default"].setdefault("OPTIONS", {})
    if "timeout" in options:
        options["timeout"] = seconds
    else:
        options["options"] = f"-c lock_timeout={int(seconds * 1000)}"


def is_busy(error: BaseException | None) -> bool:
    """Whether the database said that somebody else has the turn."""
    if isinstance(error, OperationalError):
        return is_busy(error.__cause__)
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY
    return getattr(error, "sqlstate", "") == LOCK_NOT_AVAILABLE
