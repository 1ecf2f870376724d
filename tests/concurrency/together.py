"""Several people at the same moment: each in a thread of its own, let go together."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import connection
from tests.patience import PATIENCE


def together(*steps: Callable[[], Any]) -> list[Any]:
    """What each came to: its result, or the exception it met."""
    gate = threading.Barrier(len(steps))
    results: list[Any] = [None] * len(steps)

    def play(place: int, step: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(PATIENCE)
            results[place] = step()
        except Exception as error:  # noqa: BLE001 - an exception is an outcome here
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=copy_context().run, args=(play, n, step)) for n, step in enumerate(steps)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results
