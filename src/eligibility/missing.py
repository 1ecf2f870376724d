"""On which missing facts an open value hangs: only branches that are still open are walked."""

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Protocol

from eligibility import tree
from eligibility.order import facts_of, inputs, topological
from eligibility.programme import Group, Leaf, Version
from eligibility.tree import Node
from eligibility.vocabulary import APPLIED_ON, vocabulary

NAMED = (tree.Fact, tree.Flag, tree.ScoreFact, tree.Entered)


class NodeValues(Protocol):
    """Values of nodes: the interpreter and the generated code both give them."""

    def __getitem__(self, node: Node, /) -> Any: ...

    def all(self, nodes: tuple[Any, ...], /) -> list[Any]:
        """The values of several conditions or scores."""
        ...

    def openness(self, nodes: tuple[Node, ...], /) -> list[bool]:
        """For all nodes of the version, operands first: is the value None or, of a score, not one point."""
        ...


@dataclass(frozen=True, slots=True)
class _Walk:
    """A version's nodes, operands first, with the places of their operands and the bit of their fact."""

    nodes: tuple[Node, ...]
    places: dict[Node, int]
    operands: tuple[tuple[int, ...], ...]
    bits: tuple[int, ...]
    names: tuple[str, ...]
    branching: tuple[bool, ...]


@lru_cache(maxsize=4096)
def _walk_of(version: Version) -> _Walk:
    nodes = topological(version.roots)
    places = {node: place for place, node in enumerate(nodes)}
    used = set(facts_of(*version.roots))
    names = tuple(name for name in (*vocabulary(), APPLIED_ON) if name in used)
    bits = {name: 1 << index for index, name in enumerate(names)}
    return _Walk(
        nodes,
        places,
        tuple(tuple(places[node] for node in inputs(node)) for node in nodes),
        tuple(bits[node.name] if isinstance(node, NAMED) else 0 for node in nodes),
        names,
        tuple(isinstance(n, tree.Choose) or (isinstance(n, tree.Bands) and n.metric is None) for n in nodes),
    )


def _masks(walk: _Walk, values: NodeValues) -> list[int]:
    """For each node the bits of the missing facts it hangs on; none when its value is settled."""
    masks: list[int] = []
    for place, is_open in enumerate(values.openness(walk.nodes)):
        mask = 0
        if is_open:
            mask = walk.bits[place]
            operands = walk.operands[place]
            if walk.branching[place]:
                operands = tuple(walk.places[node] for node in _branches(walk.nodes[place], values))
            for operand in operands:
                mask |= masks[operand]
        masks.append(mask)
    return masks


def _branches(node: Node, values: NodeValues) -> tuple[Node, ...]:
    if isinstance(node, tree.Choose):
        condition = values[node.condition]
        return (node.condition if condition is None else node.then if condition else node.otherwise,)
    assert isinstance(node, tree.Bands)
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
    if not leaves:
        return ()
    walk = _walk_of(version)
    masks = _masks(walk, values)
    below = [masks[walk.places[leaf.condition]] for leaf in leaves]
    union = reduce(or_, below)
    weights = {
        name: sum(mask >> bit & 1 for mask in below)
        for bit, name in enumerate(walk.names)
        if union >> bit & 1
    }
    return tuple(sorted(weights, key=lambda name: -weights[name]))
