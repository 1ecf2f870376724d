"""How a module plugs in: an app whose files of fixed names are read at start, each declaring one thing.

A module names in `module.py` what it has; nothing is imported by hand "for its effect". A large app has slices: folders
with the same fixed files, read in their order.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import ClassVar

from django.apps import AppConfig

# In this order, since each may use what stands before it. Packages are read with all their files.
DECLARES = (
    "downloads",
    "states",
    "permissions",
    "queries",
    "operations",
    "tasks",
    "papers",
    "resources",
    "deadlines",
    "upward",
    "import_list",
    "panels",
    "portal",
)


class ModuleConfig(AppConfig):
    """The one base of all apps: reads the fixed names of the app and of its slices."""

    default = False  # the base is nobody's configuration; each that is made from it is
    slices: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for name in DECLARES:
            for place in (*(f"{self.name}.{one}" for one in self.slices), self.name):
                load(f"{place}.{name}")


def load(name: str) -> bool:
    """Import a module and, of a package, all its files; False where there is none. What fails inside it, fails."""
    found = find_spec(name)
    if found is None:
        return False
    module = import_module(name)
    if found.submodule_search_locations is not None:
        for one in iter_modules(module.__path__):
            load(f"{name}.{one.name}")
    return True
