"""Plans: programme versions compiled to shared metrics and thresholds, once for any number of enterprises."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from eligibility import tree
from eligibility.bulk.encoding_plan import Encoding, encoding_of
from eligibility.bulk.layout import Layout, build_layout
from eligibility.bulk.lowering import Steps, lower
from eligibility.bulk.tables import group_of
from eligibility.order import topological
from eligibility.programme import Version
from eligibility.tree import Bands, Compare, Logic, Node
from eligibility.vocabulary import APPLIED_ON


@dataclass(frozen=True)
class Plan:
    """Versions, where their codes lie, and how codes become verdicts."""

    versions: tuple[Version, ...]
    layout: Layout
    encoding: Encoding
    steps: Steps

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts a table should have; those it lacks count as missing."""
        scalars = [one.core.scalar for one in self.encoding.ranked if one.core.scalar is not None]
        inside = [
            n.name for n in topological(scalars) if isinstance(n, tree.Fact | tree.Flag | tree.ScoreFact)
        ]
        names = (*self.encoding.whole_facts, *self.encoding.byte_facts, *self.layout.facts, *inside)
        return tuple(name for name in dict.fromkeys(names) if name != APPLIED_ON)

    @cached_property
    def fingerprint(self) -> str:
        """The same for plans whose codes are the same."""
        return hashlib.sha256(self.layout.describe().encode()).hexdigest()

    def with_versions(self, versions: Sequence[Version]) -> "Plan":
        """A plan for other versions on the same codes. Raises PlanError when they need other thresholds."""
        return Plan(tuple(versions), self.layout, self.encoding, lower(self.layout, tuple(versions)))


def compile_plan(versions: Iterable[Version]) -> Plan:
    """The plan of some versions."""
    chosen = tuple(versions)
    nodes = tuple(_all_nodes(chosen))
    layout = build_layout(_groups(nodes), _byte_facts(nodes))
    steps = lower(layout, chosen)
    return Plan(chosen, layout, encoding_of(layout), steps)


def _all_nodes(versions: tuple[Version, ...]) -> Iterator[Node]:
    """Every node a verdict or a score is made of, those inside metrics left out."""
    seen: set[Node] = set()
    waiting: list[Node] = []
    for version in versions:
        waiting += [version.root] if version.score is None else [version.root, version.score]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += [child for child in node.children if not isinstance(child, tree.Scalar)]


def _groups(nodes: Iterable[Node]) -> Iterator[tuple[Compare, ...]]:
    for node in nodes:
        group = group_of(node) if isinstance(node, Logic | Bands) else None
        if group:
            yield group


def _byte_facts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, tree.Member):
            yield node.fact.name
        elif isinstance(node, tree.Flag | tree.Entered | tree.ScoreFact):
            yield node.name
