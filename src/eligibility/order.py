"""Walking trees: what a node is computed from, and an order in which all operands come first."""

from collections.abc import Iterable

from eligibility.programme import Version
from eligibility.tree import Bands, Compare, Entered, Fact, Flag, Node, ScoreFact


def inputs(node: Node) -> tuple[Node, ...]:
    """What a node is computed from: its children, but of bands over one metric that metric alone."""
    if isinstance(node, Bands) and node.metric is not None:
        return (node.metric,)
    return node.children


def topological(roots: Iterable[Node]) -> tuple[Node, ...]:
    """All nodes below the roots, each once, operands first; the order is the same in every run."""
    seen: dict[Node, None] = {}

    def visit(node: Node) -> None:
        if node not in seen:
            for child in inputs(node):
                visit(child)
            seen[node] = None

    for root in roots:
        visit(root)
    return tuple(seen)


def facts_of(*roots: Node) -> tuple[str, ...]:
    """The names of all facts below the roots, in the order in which they are met."""
    named = (n.name for n in topological(roots) if isinstance(n, Fact | Flag | ScoreFact | Entered))
    return tuple(dict.fromkeys(named))


def entered_of(version: Version) -> tuple[Entered, ...]:
    """The entered points of a version whose frame must be held."""
    return tuple(node for node in topological(version.roots) if isinstance(node, Entered))


def comparisons_of(version: Version) -> tuple[Compare, ...]:
    """Every comparison of a changing quantity with a constant, those of band rows among them."""
    comparisons: dict[Compare, None] = {}
    for node in topological(version.roots):
        rows = node.conditions if isinstance(node, Bands) else (node,)
        comparisons.update((row, None) for row in rows if isinstance(row, Compare))
    return tuple(comparisons)
