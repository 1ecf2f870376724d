"""On which missing facts an open value hangs: only branches that are still open are walked."""

from collections import Counter
from functools import cache, lru_cache
from typing import Any, Protocol

from eligibility import tree
from eligibility.order import inputs, topological
from eligibility.programme import Group, Leaf, Version
from eligibility.tree import Node
from eligibility.vocabulary import APPLIED_ON, vocabulary

NAMED = (tree.Fact, tree.Flag, tree.ScoreFact, tree.Entered)
BRANCHING = (tree.Choose, tree.Bands)


class NodeValues(Protocol):
    """Values of nodes: the interpreter and the generated code both give them."""

    def __getitem__(self, node: Node, /) -> Any: ...

    def is_open(self, node: Node, /) -> bool:
        """Whether the value is None or, of a score, not one point."""
        ...


@lru_cache(maxsize=4096)
def _inputs_of(version: Version) -> dict[Node, tuple[Node, ...]]:
    return {node: inputs(node) for node in topological(version.roots)}


def missing_below(root: Node, version: Version, values: NodeValues) -> set[str]:
    """Names of the missing facts an open node of the version hangs on; none when its value is settled."""
    operands = _inputs_of(version)
    found, seen, waiting = set(), {root}, [root]
    while waiting:
        node = waiting.pop()
        if not values.is_open(node):
            continue
        if isinstance(node, NAMED):
            found.add(node.name)
        branches = operands[node] if not isinstance(node, BRANCHING) else _branches(node, values)
        fresh = [branch for branch in branches if branch not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return found


def _branches(node: tree.Choose | tree.Bands, values: NodeValues) -> tuple[Node, ...]:
    if isinstance(node, tree.Choose):
        condition = values[node.condition]
        return (node.condition if condition is None else node.then if condition else node.otherwise,)
    if node.metric is not None:
        return (node.metric,)
    held = [values[condition] for condition in node.conditions]
    return node.conditions[: held.index(True)] if True in held else node.conditions


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


def rank_missing(version: Version, values: NodeValues) -> tuple[str, ...]:
    """Missing facts, those first on which most undecided conditions of the version hang.

    Empty when the requirement is decided. Ties keep the order of the vocabulary.
    """
    leaves, _ = open_leaves(version.require, values)
    weights = Counter(name for leaf in leaves for name in missing_below(leaf.condition, version, values))
    places = _places()
    return tuple(sorted(weights, key=lambda name: (-weights[name], places[name])))


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate([*vocabulary(), APPLIED_ON])}
