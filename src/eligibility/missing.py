"""On which missing facts an open value hangs: only branches that are still open are walked."""

from collections import Counter
from typing import Any, Protocol

from eligibility import tree
from eligibility.facts import Facts
from eligibility.order import inputs
from eligibility.programme import Group, Leaf, Version
from eligibility.tree import Node
from eligibility.vocabulary import vocabulary


class NodeValues(Protocol):
    """Values of nodes: the interpreter and the generated code both give them."""

    def __getitem__(self, node: Node, /) -> Any: ...


class Missing:
    """Missing facts below open nodes of one evaluation."""

    def __init__(self, values: NodeValues, facts: Facts) -> None:
        self._values = values
        self._facts = facts
        self._found: dict[Node, frozenset[str]] = {}

    def below(self, node: Node) -> frozenset[str]:
        """Names of the missing facts a node hangs on; none when its value is settled."""
        if node not in self._found:
            self._found[node] = self._search(node) if self._open(node) else frozenset()
        return self._found[node]

    def _open(self, node: Node) -> bool:
        value = self._values[node]
        return value[0] != value[1] if isinstance(node, tree.Score) else value is None

    def _search(self, node: Node) -> frozenset[str]:
        if isinstance(node, tree.Fact | tree.Flag | tree.ScoreFact):
            return frozenset({node.name})
        own = frozenset({node.name}) if isinstance(node, tree.Entered) else frozenset()
        return own.union(*(self.below(child) for child in self._branches(node)))

    def _branches(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, tree.Choose) and self._values[node.condition] is not None:
            return (node.then if self._values[node.condition] else node.otherwise,)
        if isinstance(node, tree.Choose):
            return (node.condition,)
        if isinstance(node, tree.Bands) and node.metric is None:
            held = [self._values[condition] for condition in node.conditions]
            return node.conditions[: held.index(True)] if True in held else node.conditions
        return inputs(node)


def open_leaves(member: Group | Leaf, values: NodeValues) -> tuple[list[Leaf], bool | None]:
    """The undecided conditions that still matter below a member, and the member's value."""
    if isinstance(member, Leaf):
        value: bool | None = values[member.condition]
        return ([member] if value is None else []), value
    below = [open_leaves(child, values) for child in member.members]
    strong = member.mode == "any"
    held = [value for _, value in below]
    if strong in held:
        return [], strong
    if None not in held:
        return [], not strong
    return [leaf for leaves, _ in below for leaf in leaves], None


def rank_missing(version: Version, values: NodeValues, facts: Facts) -> tuple[str, ...]:
    """Missing facts, those first on which most undecided conditions of the version hang.

    Empty when the requirement is decided. Ties keep the order of the vocabulary.
    """
    leaves, _ = open_leaves(version.require, values)
    missing = Missing(values, facts)
    weights = Counter(name for leaf in leaves for name in missing.below(leaf.condition))
    places = {name: place for place, name in enumerate(vocabulary())}
    return tuple(sorted(weights, key=lambda name: (-weights[name], places.get(name, -1))))
