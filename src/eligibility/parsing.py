"""From the text of one expression to its tree. Raises nothing but RuleError, whatever the text is."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from eligibility.errors import RuleError
from eligibility.grammar_rules import RULES
from eligibility.syntax_errors import explain_syntax, place
from eligibility.tree import Node
from eligibility.vocabulary import names

MAX_LENGTH = 20_000
MAX_NESTING = 50

WIDE = str.maketrans("（），", "(),")


@cache
def _parser() -> Lark:
    grammar = files("eligibility").joinpath("grammar.lark").read_text(encoding="utf-8")
    odd = sorted((name for name in names() if not name.isascii()), key=len, reverse=True)
    pattern = "(?:" + "|".join(re.escape(name).replace("/", "\\/") for name in odd) + r")(?!\w)"
    return Lark(grammar.replace("FACT_NAMES", pattern), parser="lalr", propagate_positions=True)


def parse(text: str, scope: Mapping[str, Node] | None = None) -> Node:
    """The tree of an expression. `scope` holds the names a programme defined above it.

    Raises RuleError with line and column within `text`, both from 1.
    """
    plain = text.translate(WIDE)
    _refuse_monsters(plain)
    try:
        parsed = _parser().parse(plain)
    except UnexpectedInput as error:
        raise explain_syntax(error, plain) from None
    return _build(parsed, scope or {})


def _refuse_monsters(text: str) -> None:
    nesting = 0
    for position, character in enumerate(text):
        nesting += (character == "(") - (character == ")")
        if nesting > MAX_NESTING:
            line, column = place(text, position)
            raise RuleError(
                f"expected at most {MAX_NESTING} nested brackets, got more; name a part of it in `let`",
                line=line,
                column=column,
            )
    if len(text) > MAX_LENGTH:
        raise RuleError(
            f"expected at most {MAX_LENGTH} characters, got {len(text)}; split it", line=1, column=1
        )


def _build(root: Tree[Token], scope: Mapping[str, Node]) -> Node:
    """Walk the parse tree bottom up without recursion; every error gets the place of its rule."""
    built: dict[int, Node | Token] = {}
    for subtree in root.iter_subtrees():
        parts = [built[id(part)] if isinstance(part, Tree) else part for part in subtree.children]
        try:
            built[id(subtree)] = RULES[subtree.data](parts, scope)
        except RuleError as error:
            raise error.at(line=subtree.meta.line, column=subtree.meta.column) from None
    node = built[id(root)]
    assert isinstance(node, Node)
    return node
