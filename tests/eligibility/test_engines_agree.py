"""The generated Python gives what the interpreter gives: on every node, fault and missing fact."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.eligibility.strategies import enterprises

from eligibility.compiled import compile_version
from eligibility.evaluation import WORDS, evaluate, evaluate_reference
from eligibility.library import shipped_programmes
from eligibility.order import topological

VERSIONS = [version for programme in shipped_programmes().values() for version in programme.versions]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=enterprises(), version=st.sampled_from(VERSIONS))
def test_generated_python_equals_the_interpreter(facts, version):
    fast, slow = evaluate(version, facts), evaluate_reference(version, facts)
    for node in topological(version.roots):
        assert fast.values[node] == slow.values[node], node
    assert fast.faults == slow.faults
    assert fast.verdict == slow.verdict == WORDS[compile_version(version).verdict(facts)]
    assert fast.missing == slow.missing
    assert fast.conditions == slow.conditions
    assert fast.bands == slow.bands
