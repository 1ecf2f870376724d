"""On which missing facts an open value hangs: only branches that are still open are walked."""

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from eligibility import tree
from eligibility.facts import Facts
from eligibility.order import facts_of, inputs, topological
from eligibility.programme import Group, Leaf, Version
from eligibility.sensitivity import NodeValues, could_decide
from eligibility.tree import Node
from eligibility.vocabulary import APPLIED_ON, vocabulary

NAMED = (tree.Fact, tree.Flag, tree.ScoreFact, tree.Entered)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A version's nodes, operands first, with the places of their operands and the bit of their fact.

    `stand_ins` has the bits of general facts that may stand in for others here: nobody is asked for them.
    """

    nodes: tuple[Node, ...]
    places: dict[Node, int]
    operands: tuple[tuple[int, ...], ...]
    bits: tuple[int, ...]
    names: tuple[str, ...]
    branching: tuple[bool, ...]
    stand_ins: int


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
        tuple(map(_is_branching, nodes)),
        sum(
            bits[name] for name in {vocabulary()[n].general for n in names if n in vocabulary()} & bits.keys()
        ),
    )


def _is_branching(node: Node) -> bool:
    """Whether it depends on values which operands an open node hangs on."""
    return isinstance(node, tree.Choose) or (isinstance(node, tree.Bands) and node.metric is None)


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


@dataclass(frozen=True, slots=True)
class Missing:
    """The missing facts an open verdict hangs on, ranked, and those of them that alone could decide it."""

    names: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()


DECIDED = Missing()


def rank_missing(version: Version, facts: Facts, values: NodeValues, *, faulty: bool) -> Missing:
    """What is missing, ranked by what each fact alone could flip.

    First those of which some single value decides the verdict, each seen to do so; then by how many open
    conditions hang on that fact alone; then by how many hang on it at all; then as in the vocabulary.
    Nothing when the requirement is decided. `faulty` tells that points are entered against the counts: then
    nothing decides, because further facts only narrow the frame that they lie outside of.
    """
    if values[version.root] is not None:
        return DECIDED
    leaves, _ = open_leaves(version.require, values)
    walk = _walk_of(version)
    masks = _masks(walk, values)
    below = [masks[walk.places[leaf.condition]] & ~walk.stand_ins for leaf in leaves]
    union = reduce(or_, below)
    hanging = [(bit, name) for bit, name in enumerate(walk.names) if union >> bit & 1]
    tried = () if faulty else hanging
    deciding = {name for _, name in tried if could_decide(version, facts, values, name)}
    keys = {
        name: (name not in deciding, -below.count(1 << bit), -sum(mask >> bit & 1 for mask in below))
        for bit, name in hanging
    }
    names = tuple(sorted(keys, key=keys.__getitem__))
    return Missing(names, tuple(name for name in names if name in deciding))
