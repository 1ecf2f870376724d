"""The bench measures the same thing on both sides: the peer's verdicts are ours. No times are judged."""

import pytest

from eligibility.bench.clones import clones
from eligibility.bench.report import floor
from eligibility.bench.workers import WORKERS

FIGURES = {
    "plan",
    "total",
    "cpu",
    "encode",
    "evaluate",
    "peak",
    "stored",
    "stored_cpu",
    "changed",
    "fallbacks",
    "steps",
    "facts",
    "codes",
}


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_codes_report_every_figure(engine):
    found = WORKERS[engine](engine, 2000, 6)
    assert found.keys() == FIGURES
    assert min(found[name] for name in FIGURES - {"fallbacks"}) > 0


def test_the_peer_finds_the_same_verdicts():
    assert WORKERS["openfisca"]("openfisca", 2000, 6)["same"] > 0.999  # it computes in float32


def test_clones_have_other_thresholds_and_the_first_is_the_shipped_one():
    versions = clones(33)
    assert [version.code for version in versions[:4]] == ["HNTE_0", "TSME_0", "INSME_0", "HNTE_1"]
    assert len({version.root for version in versions}) == 33


def test_a_floor_is_estimated():
    read, evaluated = floor(1e6, 100, 1000)
    assert read > 0
    assert evaluated > 0
