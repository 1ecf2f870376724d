"""module.py says what an app has, and is held to it: what lies there unnamed, or is named and absent, is refused."""

import sys

import pytest
from django.utils import translation

from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.modules import Module, ModuleConfig, check, counts, described, load

pytestmark = pytest.mark.once
MODULE = """
from keqiao.kernel.steps.modules import Module

MODULE = Module(title="Lamps", clauses=("6",), declares={declares}, slices={slices})
"""
NOTES = "from sys import modules\nmodules['noted'].append(__name__)\n"


@pytest.fixture
def folder(tmp_path):
    """An app with a table of states, operations in a package, evidence as data, and a slice."""
    app = tmp_path / "lamps"
    for package in (app, app / "operations", app / "repair"):
        package.mkdir()
        (package / "__init__.py").touch()
    for file in (
        "states.py",
        "operations/switch.py",
        "helping.py",
        "repair/resources.py",
        "repair/states.py",
    ):
        (app / file).write_text(NOTES)
    (app / "evidence.yaml").touch()
    return app


def refused(folder, names, slices=("repair",)):
    with pytest.raises(DeclarationError) as error, translation.override("en"):
        check(folder, names, where="lamps/module.py", slices=slices)
    return str(error.value)


ALL = ("states", "operations", "evidence")


def test_what_is_named_and_lies_there_passes(folder):
    check(folder, ALL, where="lamps/module.py", slices=("repair",))
    check(folder / "repair", ("states", "resources"), where="lamps/module.py, slice repair")


def test_what_lies_there_unnamed_is_refused(folder):
    assert refused(folder, ("states", "operations")) == (
        "lamps/module.py: expected it to name all that lies there, came 'evidence'."
        " Name 'evidence' in module.py, or remove evidence."
    )


def test_what_is_named_and_absent_is_refused(folder):
    assert refused(folder, (*ALL, "portal")) == (
        "lamps/module.py: expected what it names to lie there, came 'portal'."
        " Write portal, or take it out of module.py."
    )


def test_a_name_that_is_no_fixed_one_is_refused(folder):
    assert "came 'helping'. Correct 'helping'." in refused(folder, (*ALL, "helping"))


@pytest.mark.parametrize(
    ("slices", "said"),
    [((), "Name 'repair' in module.py"), (("repair", "sale"), "Write sale, or take it out of module.py.")],
)
def test_slices_are_held_to_what_lies_there_too(folder, slices, said):
    assert said in refused(folder, ALL, slices)


@pytest.fixture
def installed(folder, monkeypatch):
    """The configuration of the app, in a process that forgets it afterwards."""
    monkeypatch.syspath_prepend(folder.parent)
    noted = []
    monkeypatch.setitem(sys.modules, "noted", noted)

    def make(declares=ALL, slices=None):
        slices = {"repair": ("states", "resources")} if slices is None else slices
        (folder / "module.py").write_text(MODULE.format(declares=declares, slices=slices))
        config = type("LampsConfig", (ModuleConfig,), {"name": "lamps", "path": str(folder)})
        return config("lamps", __import__("lamps")), noted

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] == "lamps"]:
        del sys.modules[name]


def test_fixed_names_are_read_in_their_order_slices_first(installed):
    config, noted = installed()
    config.ready()
    assert noted == [
        "lamps.repair.states",
        "lamps.states",
        "lamps.operations.switch",
        "lamps.repair.resources",
    ]
    assert config.about.clauses == ("6",)


def test_an_app_whose_module_py_does_not_fit_does_not_start(installed):
    config, noted = installed(declares=("states",))
    with pytest.raises(DeclarationError, match="came 'evidence, operations'"):
        config.ready()
    assert noted == []


def test_a_slice_whose_files_are_not_named_does_not_start(installed):
    config, _noted = installed(slices={"repair": ("states",)})
    with pytest.raises(DeclarationError, match=r"lamps/module.py, slice repair: .* came 'resources'"):
        config.ready()


def test_an_app_without_module_py_is_refused(installed, folder):
    installed()
    (folder / "module.py").unlink()
    with pytest.raises(
        DeclarationError, match=r"lamps/module.py: expected MODULE, .* Write MODULE = Module\("
    ):
        described("lamps")


def test_what_fails_inside_a_file_fails_and_is_not_taken_for_absent(installed, folder):
    installed()
    (folder / "queries.py").write_text("import nothing_of_this_name\n")
    with pytest.raises(ModuleNotFoundError, match="nothing_of_this_name"):
        load("lamps.queries")
    assert not load("lamps.tasks")


def test_a_registry_reports_by_the_module_that_declared(installed, monkeypatch):
    config, _noted = installed()
    monkeypatch.setattr(modules, "_registries", {})
    modules.describe("lights", lambda: ["lamps.states", "lamps.repair.states", "lampshades.states"])
    assert counts(config) == {"lights": 2}


def test_the_modules_of_the_site_and_what_they_count():
    found = {config.label: counts(config) for config in modules.installed()}
    assert {label for label, said in found.items() if said["states"]} == {
        "enterprises",
        "imports",
        "engagement",
    }
    assert found["engagement"]["numbers"] == 8
    assert all(isinstance(config.about, Module) for config in modules.installed())
