"""What the generated tests find beside each module's own: `tests/<app>/examples.py` and `tests/<app>/rows.py`.

A module whose label is `sample` has them in tests/sample/, wherever its code lies; each may be a folder of files.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from tests.declared import ROWS

from keqiao.kernel.steps.modules import installed, load


def beside(name: str) -> list[ModuleType]:
    """The files of this name of every module that is installed, the lowest first."""
    homes = [f"tests.{config.label}" for config in installed() if find_spec(f"tests.{config.label}")]
    return [import_module(f"{home}.{name}") for home in homes if load(f"{home}.{name}")]


def load_examples() -> None:
    """Every module's examples register themselves, once."""
    beside("examples")


def fill(world: Any) -> None:
    """A row of every model in every state, by every rows.py and then by the examples."""
    load_examples()
    for rows in beside("rows"):
        rows.fill(world)
    for one in ROWS:
        world.put(one.make(world), one.state)


def fill_lean(world: Any) -> None:
    """The same of what belongs to a client, for another client, whose rows only have to be there."""
    load_examples()
    for rows in beside("rows"):
        if hasattr(rows, "fill_lean"):
            rows.fill_lean(world)
    for one in ROWS:
        if one.of_client:
            world.put(one.make(world), one.state)
