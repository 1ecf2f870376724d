"""The web processes: one a core, each with two threads. `keqiao serve` starts them, for `make run` and for a real site.

Threads of one process take turns at the interpreter, so four of them answer fewer pages than one; a process a core uses
the machine. Two threads keep a process busy while one waits for the database. Everything is read once, before the
processes part, so what they share lies in memory once (decision 0083).
"""

import gc
import os
from typing import Any

from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from keqiao.documents.pdf import warm
from keqiao.kernel.platform import patience

THREADS = 2


def processes() -> int:
    """As many as there are cores for us, or as KEQIAO_PROCESSES says. Raises ValueError for what is no number above 0."""
    asked = os.environ.get("KEQIAO_PROCESSES", "")
    if not asked:
        return len(os.sched_getaffinity(0))
    if not asked.isdigit() or int(asked) < 1:
        raise ValueError(f"KEQIAO_PROCESSES is a number from 1 on, such as 4, not {asked!r}.")
    return int(asked)


def serve(*, host: str, port: int) -> None:
    """Until SIGTERM or SIGINT. A process that dies is replaced; one that dies at once again ends the whole."""
    server = Granian(
        "keqiao.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    _read_all()
    server.serve(target_loader=_ready, wrap_loader=False)


def _read_all() -> None:
    """What every process needs: pages with their forms. Frozen, so that no collection touches the shared memory."""
    from keqiao.config.wsgi import application

    assert application
    assert get_resolver().reverse_dict
    connections.close_all()  # a connection belongs to one process
    patience.wait_at_most(patience.WEB)
    gc.collect()
    gc.freeze()


def _ready() -> Any:
    """In the process itself: the typesetter has threads of its own, which a fork would lose."""
    from keqiao.config.wsgi import application

    warm()
    gc.collect()
    gc.freeze()
    return application
