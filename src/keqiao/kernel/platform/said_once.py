"""What a registry of the platform may be told once. The errors of declarations stand above, so a second telling is kept with
its place, and refused when all modules are read (`steps/held_together.py`)."""

from collections.abc import Iterator
from inspect import currentframe

Place = tuple[str, int]  # file and line
_told: dict[str, list[Place]] = {}


def once(what: str) -> None:
    """Called by a registry: whoever calls it tells it of `what`, in English."""
    registry = currentframe()
    caller = registry.f_back.f_back if registry and registry.f_back else None
    if caller is not None:
        _told.setdefault(what, []).append((caller.f_code.co_filename, caller.f_lineno))


def told_twice() -> Iterator[tuple[str, Place, Place]]:
    """What was told again, and the first two places."""
    return ((what, places[0], places[1]) for what, places in _told.items() if len(places) > 1)
