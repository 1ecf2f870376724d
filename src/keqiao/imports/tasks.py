"""The job that writes a list: primitive arguments, one call. Importing this registers them."""

from collections.abc import Mapping
from typing import Any

from keqiao.imports.operations.applying import run_import
from keqiao.imports.operations.turns import TOPIC
from keqiao.kernel.platform.outbox import handles


@handles(TOPIC, external=True)  # it writes in many short transactions, so that it can be watched and stopped
def apply_queued(*, payload: Mapping[str, Any], key: str) -> None:
    """Delivered twice, it applies once."""
    del key
    run_import(pk=int(payload["import"]))
