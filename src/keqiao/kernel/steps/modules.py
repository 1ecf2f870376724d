"""How a module plugs in: an app whose files of fixed names are read at start, each declaring one thing.

`module.py` names which of them the app has, and in which slices: folders with the same fixed files, for a large app. What
lies there unnamed, or is named and absent, is refused. Nothing is imported by hand "for its effect".
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from django.apps import AppConfig, apps

from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, name_clauses, said_of

# Read at start in this order, since each may use what stands before it. Packages are read with all their files.
DECLARES = (
    "states",
    "permissions",
    "queries",
    "operations",
    "tasks",
    "papers",
    "resources",
    "deadlines",
    "upward",
    "measures",
    "import_list",
    "panels",
    "portal",
    "aliases",
)
# Django reads the models; addresses, evidence and scenes are read by whoever serves, counts and plays them.
READ_ELSEWHERE = ("models", "urls", "evidence", "demo")
KNOWN = frozenset((*DECLARES, *READ_ELSEWHERE))
MAKES_A_SLICE = frozenset(("states", "models", "operations", "resources"))


@dataclass(frozen=True, kw_only=True)
class Module:
    """What an app is: its name, the clauses of the standard it serves, and the fixed files it has.

    `declares` are files of the app itself, `slices` those of its folders, read in their order and before the app's own.
    """

    title: Text
    clauses: tuple[str, ...]
    declares: tuple[str, ...]
    slices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class ModuleConfig(AppConfig):
    """The one base of all apps: holds the app to its module.py and reads its fixed names."""

    default = False  # the base is nobody's configuration; each that is made from it is
    about: Module

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        self.about = described(self.name)
        where = f"{self.label}/module.py"
        name_clauses(*self.about.clauses, where=where)
        check(Path(self.path), self.about.declares, where=where, slices=self.about.slices)
        for name, names in self.about.slices.items():
            check(Path(self.path) / name, names, where=f"{where}, slice {name}")
        for name in DECLARES:
            self.read(name)
        if self is list(installed())[-1]:
            for check_all in _at_the_end:
                check_all()

    def read(self, name: str) -> None:
        """The file of this fixed name, of the slices and of the app itself."""
        for place, names in self.places:
            if name in names:
                module = ".".join((self.name, *filter(None, (place, name))))
                load(module)
                _checks.get(name, nothing)(module)

    @property
    def places(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slices, then the app itself (""), each with the fixed names it has."""
        return (*self.about.slices.items(), ("", self.about.declares))


def described(app: str) -> Module:
    """What `module.py` of an app says."""
    module = getattr(import_module(f"{app}.module"), "MODULE", None) if find_spec(f"{app}.module") else None
    if not isinstance(module, Module):
        raise DeclarationError(
            where=f"{app.rpartition('.')[2]}/module.py",
            expected="MODULE, which says what the app has",
            came=module,
            remedy="Write MODULE = Module(title=…, clauses=…, declares=…) there.",
        )
    return module


def check(folder: Path, names: Collection[str], *, where: str, slices: Collection[str] = ()) -> None:
    """Raises DeclarationError where what module.py names isn't what lies in the folder."""
    there = _there(folder)
    inside = {path.name for path in folder.iterdir() if _there(path) & MAKES_A_SLICE} - KNOWN
    known = f"names among {', '.join(sorted(KNOWN))}"
    _refuse(where, set(names) - KNOWN, expected=known, remedy="Correct {0!r}.")
    for named, present in ((set(names), there), (set(slices), inside)):
        _refuse(
            where,
            named - present,
            expected="what it names to lie there",
            remedy="Write {0}, or take it out of module.py.",
        )
        _refuse(
            where,
            present - named,
            expected="it to name all that lies there",
            remedy="Name {0!r} in module.py, or remove {0}.",
        )


def _there(folder: Path) -> frozenset[str]:
    """The fixed names that lie in a folder: as a file, as a package or as data."""
    forms = ("{}.py", "{}/__init__.py", "{}.yaml")
    return frozenset(name for name in KNOWN if any((folder / form.format(name)).exists() for form in forms))


def _refuse(where: str, wrong: Collection[str], *, expected: str, remedy: str) -> None:
    if wrong:
        came = sorted(wrong)
        raise DeclarationError(
            where=where, expected=expected, came=", ".join(came), remedy=remedy.format(came[0])
        )


def load(name: str) -> bool:
    """Import a module and, of a package, all its files; False where there is none. What fails inside it, fails."""
    spec = find_spec(name)
    if spec is None:
        return False
    module = import_module(name)
    if spec.submodule_search_locations is not None:
        for file in iter_modules(module.__path__):
            load(f"{name}.{file.name}")
    return True


def installed() -> Iterator[ModuleConfig]:
    """Every module of the site, the lowest first."""
    return (config for config in apps.get_app_configs() if isinstance(config, ModuleConfig))


def read(name: str) -> None:
    """The files of one fixed name of all modules, the lowest first."""
    for config in installed():
        config.read(name)


_at_the_end: list[Callable[[], None]] = []


def when_all_are_read(check_all: Callable[[], None]) -> None:
    """Have this called when every module is read, to hold what they declare about each other to what there is."""
    _at_the_end.append(check_all)


def hold_at_the_end(check: Callable[[], None]) -> None:
    """Have this called when every module is read; what it refuses is refused of the declaration that asks for it now."""
    where = declared_at()

    def hold() -> None:
        with said_of(where):
            check()

    _at_the_end.append(hold)


def nothing(_module: str) -> None:
    """No registry looks at this fixed name."""


_checks: dict[str, Callable[[str], None]] = {}


def when_read(name: str, check: Callable[[str], None]) -> None:
    """`check` is called with the dotted name of each file of the fixed name `name` once it was read: the registry behind
    it looks whether the file declared anything. It holds for the apps that are read after the call."""
    if name not in DECLARES:
        raise ValueError(f"{name!r} is no fixed name that is read at start: {', '.join(DECLARES)}")
    _checks[name] = check


_registries: dict[str, Callable[[], Iterable[str]]] = {}


def describe(name: str, origins: Callable[[], Iterable[str]]) -> None:
    """A registry reports what it holds under `name`, in English: `origins()` gives, for each thing, the dotted name of
    the Python module that declared it (see `declarations.declared_by`)."""
    _registries[name] = origins


def counts(config: ModuleConfig) -> dict[str, int]:
    """How much of each registry the app has declared."""
    return {
        name: sum(origin.startswith(f"{config.name}.") for origin in origins())
        for name, origins in _registries.items()
    }


describe("models", lambda: (model.__module__ for model in apps.get_models()))
describe("states", lambda: (model.__module__ for model in apps.get_models() if hasattr(model, "states")))
