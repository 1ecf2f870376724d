"""Rows of 6.3.4 and 6.4 in every state."""

from typing import Any


def fill(world: Any) -> None:
    """Filled as the steps of delivery come."""
