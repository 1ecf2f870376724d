"""A site with a module that doesn't fit doesn't start: the command says which file and what to do, in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.patience import PATIENCE

pytestmark = pytest.mark.once
HOME = Path(__file__).parents[2]
SETTINGS = 'from keqiao.config.settings import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, "lamps"]\n'
APPS = """
from keqiao.kernel.steps.modules import ModuleConfig


class LampsConfig(ModuleConfig):
    name = "lamps"
"""
MODULE = """
from keqiao.kernel.steps.modules import Module

MODULE = Module(title="Lamps", clauses=("5.3",), declares=({names}))
"""
NUMBER = """
from keqiao.kernel.steps.numbering import number_kind

number_kind(key="lamp", label="Lamp", pattern="{pattern}")
"""


@pytest.fixture
def modules(tmp_path):
    """`keqiao modules` on a site with this further module."""
    (tmp_path / "lamps").mkdir()
    (tmp_path / "site_with_lamps.py").write_text(SETTINGS)
    (tmp_path / "lamps" / "apps.py").write_text(APPS)

    def run(*, names='"states",', pattern="DG-{year}-{n}"):
        (tmp_path / "lamps" / "module.py").write_text(MODULE.format(names=names))
        (tmp_path / "lamps" / "states.py").write_text(NUMBER.format(pattern=pattern))
        site = {
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(HOME / "src")]),
            "DJANGO_SETTINGS_MODULE": "site_with_lamps",
            "KEQIAO_VAR": str(tmp_path / "var"),
        }
        called = [sys.executable, "-m", "keqiao.config.main", "modules"]
        return subprocess.run(
            called, env=os.environ | site, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    return run


def test_one_that_fits_is_listed(modules):
    done = modules()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].split() == ["lamps", "1", "5.3"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"names": ""},
            (
                "lamps/module.py: expected it to name all that lies there, came 'states'."
                " Name 'states' in module.py, or remove states.\n"
            ),
        ),
        (
            {"pattern": "HT-{year}-{n}"},
            (
                "lamps/states.py, line 4: expected another beginning than that of 'contract', since two documents could share a"
                " number, came 'HT-{year}-{n}'. Choose another prefix.\n"
            ),
        ),
    ],
)
def test_one_that_does_not_fit_is_refused_before_anything_begins(modules, wrong, said):
    done = modules(**wrong)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
