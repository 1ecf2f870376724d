"""Reading the `require` tree of a programme file."""

from collections.abc import Mapping

from eligibility import building, fields, tree
from eligibility.band_tables import read_flag
from eligibility.document import Marked
from eligibility.errors import RuleError
from eligibility.programme import Group, Leaf
from eligibility.tree import Logic, Node

LEAF_KEYS = ("id", "article", "text", "condition", "checked")


def read_group(place: Marked, scope: Mapping[str, Node]) -> Group:
    """A group and all below it."""
    entries = fields.mapping(place, "require", ("all", "any"))
    if len(entries) != 1:
        raise place.error("expected either `all` or `any`, got both or none")
    mode, members = next(iter(entries.items()))
    return Group(mode, tuple(_read_member(member, scope) for member in fields.items(members, mode)))


def _read_member(place: Marked, scope: Mapping[str, Node]) -> Leaf | Group:
    if place.kind == "mapping" and ("all" in place.entries or "any" in place.entries):
        return read_group(place, scope)
    entries = fields.mapping(place, "a condition", LEAF_KEYS)
    condition = fields.required(place, entries, "condition")
    try:
        node = building.logic(fields.expression(condition, scope), "in a requirement")
    except RuleError as error:
        raise error.at(line=condition.line, column=condition.column) from None
    return Leaf(
        id=fields.text_of(place, entries, "id"),
        article=fields.text_of(place, entries, "article"),
        text=fields.text_of(place, entries, "text"),
        condition=node,
        checked=read_flag(entries, "checked", True),
        line=place.line,
    )


def check_ids(place: Marked, require: Group) -> None:
    """Raise RuleError when two conditions share an id."""
    seen = set()
    for leaf in require.leaves():
        if leaf.id in seen:
            raise RuleError(
                f"expected each id once, got {leaf.id} again", line=leaf.line, column=place.column
            )
        seen.add(leaf.id)


def condition_of(member: Leaf | Group) -> Logic:
    """A member as one condition."""
    if isinstance(member, Leaf):
        return member.condition
    kind = tree.AllOf if member.mode == "all" else tree.AnyOf
    return building.junction(kind, [condition_of(child) for child in member.members])
