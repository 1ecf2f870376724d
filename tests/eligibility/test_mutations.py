"""The agreement check has teeth: each guard taken out of a copy of the package makes engines disagree.

The copy is changed as text and run as a program of its own; kernels run as plain Python there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.eligibility.agreement import wanted_of
from tests.patience import PATIENCE

import eligibility

PACKAGE = Path(eligibility.__file__).parent
ROOT = Path(__file__).parents[2]

ORDINARY, ROUNDED = "100", str(2**53)
MUTANTS = {
    "python null guard": (
        "codegen.py",
        "{b} = None if {unknown(writer, node.children)} else {ratio}{_test(writer, node)}",
        "{b} = {writer.pair(node.metric)[0]} is not None and {ratio}{_test(writer, node)}",
        "python", ORDINARY,
    ),
    "python zero guard": (
        "codegen.py", 'f"elif {unknown(writer, node.children)}: {n} = None; {d} = 1"',
        'f"elif {unknown(writer, node.children)}: {n} = {d} = 0"', "python", ORDINARY,
    ),
    "python no ratio beside what is missing": (
        "codegen.py", 'missing = f"(None if {d} else 0)"', 'missing = "None"', "python", ORDINARY,
    ),
    "codes null guard": ("bulk/encoding.py", "np.uint8(MISSING))", "np.uint8(0))", "numpy", ORDINARY),
    "codes zero guard": (
        "bulk/ranking.py", "np.greater(zero, below[1], out=zero)", "zero.fill(False)", "numpy", ORDINARY,
    ),
    "codes of no ratio": ("bulk/tables.py", "held & (CODES != NO_RATIO)", "held", "numpy", ORDINARY),
    "codes band edge": (
        "bulk/layout.py", '"<=": (True,)', '"<=": (False,)', "numpy", ORDINARY,
    ),
    "codes bucket edge": (
        "bulk/buckets.py", "np.greater(values, edge)", "np.greater_equal(values, edge)", "numpy", ORDINARY,
    ),
    "codes row bound": (
        "bulk/evaluating.py", "np.subtract(hull, after, out=spare)", "spare.fill(0)", "numpy", ORDINARY),
    "codes interval bound": (
        "bulk/lowering.py", "self.step(Op.ENTERED, column, frame[1])",
        "self.step(Op.ENTERED, column, frame[0])",
        "numpy", ORDINARY,
    ),
    "codes exact settling": (
        "bulk/ranking.py", "lo[ties] + settled(", "lo[ties] + 0 * settled(", "numpy", ORDINARY,
    ),
    "codes exact settling of rounded ties": (
        "bulk/ranking.py", "top, rest = upper + (lower >> HALF), lower & low",
        "top, rest = np.zeros_like(upper), np.zeros_like(lower)", "numpy", ROUNDED,
    ),
    "codes error bound": (
        "bulk/ranking.py", "size *= UNIT * 2", "size *= 0", "numpy", ORDINARY),
    "kernel null guard": (
        "bulk/kernels.py", "else MISSING if lost[i] == 1 else U0",
        "else U0", "numba", ORDINARY,
    ),
    "kernel zero guard": (
        "bulk/kernels.py", "            gone[i] = U2\n", "            pass\n", "numba", ORDINARY),
    "kernel exact settling": (
        "bulk/kernels.py", "(tie or large) and not gone[i]", "large and not gone[i]", "numba", ORDINARY,
    ),
    "kernel bucket edge": (
        "bulk/kernels.py", "values[i] > edges[place]", "values[i] >= edges[place]", "numba", ORDINARY,
    ),
    "kernel interval bound": (
        "bulk/verdict_kernel.py", "(U1 if hi[i] >= threshold else U0)", "(U1 if lo[i] >= threshold else U0)",
        "numba", ORDINARY,
    ),
    "polars null guard": (
        "columns/compiling.py", "    lost = dialect.is_null(right.above)\n",
        "    lost = none\n", "polars", ORDINARY,
    ),
    "polars zero guard": (
        "columns/compiling.py", "    none = dialect.known(right.above == zero)\n",
        "    none = dialect.truth(False)\n", "polars", ORDINARY,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """The file of enterprises and verdicts for an engine and a scale, written once for all mutants."""
    folder, made = tmp_path_factory.mktemp("wanted"), {}

    def of(engine: str, scale: str) -> Path:
        count = 120 if engine == "numba" else 240
        if (count, scale) not in made:
            made[count, scale] = folder / f"{count}-{scale}"
            wanted_of(made[count, scale], count, int(scale))
        return made[count, scale]

    return of


def disagreements(package: Path, engine: str, wanted: Path) -> int:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(package.parent), str(ROOT)])}
    environment |= {"NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.eligibility.agreement", str(wanted), engine]
    run = subprocess.run(
        command, check=False, env=environment, cwd=package, capture_output=True, text=True, timeout=PATIENCE
    )
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


@pytest.fixture
def package(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "eligibility", ignore=ignored))


@pytest.mark.parametrize("engine", ["python", "numpy", "numba", "polars"])
def test_the_untouched_copy_agrees(package, wanted, engine):
    assert disagreements(package, engine, wanted(engine, ORDINARY)) == 0


@pytest.mark.mutation
@pytest.mark.parametrize("name", MUTANTS)
def test_each_mutant_is_caught(package, wanted, name):
    file, before, after, engine, scale = MUTANTS[name]
    path = package / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, "the mutant no longer fits the code; write it anew"
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert disagreements(package, engine, wanted(engine, scale)) != 0
