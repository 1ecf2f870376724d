"""From the text of one expression to its tree. Raises nothing but RuleError, whatever the text is."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from eligibility import building, constants, tree
from eligibility.errors import RuleError
from eligibility.functions import FUNCTIONS, call
from eligibility.tree import Node, make
from eligibility.vocabulary import names

MAX_LENGTH = 20_000
MAX_NESTING = 50

WIDE = str.maketrans("（），", "(),")
SPELLINGS = {"≥": ">=", "≤": "<=", "≠": "!=", "=": "==", "×": "*", "÷": "/", "−": "-"}
EXPECTED = {
    "COMPARE": "a comparison",
    "NUMBER": "a number",
    "DATE": "a date",
    "FACT": "a fact",
    "NAME": "a name",
    "FUNCTION": "a function",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "DIVIDE": "/",
    "$END": "the end",
}


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
        raise _explain(error, plain) from None
    return _build(parsed, scope or {})


def _refuse_monsters(text: str) -> None:
    nesting = 0
    for position, character in enumerate(text):
        nesting += (character == "(") - (character == ")")
        if nesting > MAX_NESTING:
            line, column = _place(text, position)
            raise RuleError(
                f"expected at most {MAX_NESTING} brackets inside each other, got more; name a part of it in `let`",
                line=line,
                column=column,
            )
    if len(text) > MAX_LENGTH:
        raise RuleError(
            f"expected at most {MAX_LENGTH} characters, got {len(text)}; split it", line=1, column=1
        )


def _place(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


def _explain(error: UnexpectedInput, text: str) -> RuleError:
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        came, line, column = f"`{_shorten(str(error.token))}`", error.line, error.column
        wanted = set(error.accepts or error.expected)
    elif isinstance(error, UnexpectedCharacters):
        came, line, column = f"`{text[error.pos_in_stream]}`", error.line, error.column
        wanted = set(error.allowed or ())
    else:
        (line, column), came = _place(text, len(text.rstrip())), "the end of the text"
        wanted = set(getattr(error, "accepts", None) or getattr(error, "expected", ()))
    words = sorted({EXPECTED[name] for name in wanted if name in EXPECTED}) or ["an expression"]
    return RuleError(f"expected {', '.join(words)}, got {came}{_advice(came)}", line=line, column=column)


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"


def _advice(came: str) -> str:
    if came == "`(`":
        return f"; only {', '.join(FUNCTIONS)} can be called"
    if came in ("`.`", "`[`", "`{`"):
        return "; the language has no attributes and no indexing"
    return "; see the page on the language"


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


Parts = list[Node | Token]


def _nodes(parts: Parts) -> list[Node]:
    return [part for part in parts if isinstance(part, Node)]


def _tokens(parts: Parts) -> list[str]:
    return [SPELLINGS.get(str(part), str(part)) for part in parts if isinstance(part, Token)]


def _number(parts: Parts, scope: Mapping[str, Node]) -> Node:
    value, unit = constants.read_number(_tokens(parts)[0])
    return make(tree.Const, unit, value)


def _date(parts: Parts, scope: Mapping[str, Node]) -> Node:
    return make(tree.Const, "date", constants.read_date(_tokens(parts)[0]))


def _name(parts: Parts, scope: Mapping[str, Node]) -> Node:
    name = _tokens(parts)[0]
    if name in scope:
        return scope[name]
    if name in names():
        return building.fact(names()[name])
    raise RuleError(f"expected a fact or a name defined above, got `{_shorten(name)}`; see vocabulary.csv")


def _binary(parts: Parts, scope: Mapping[str, Node]) -> Node:
    left, right = _nodes(parts)
    return building.arith(_tokens(parts)[0], left, right)


def _compare(parts: Parts, scope: Mapping[str, Node]) -> Node:
    left, right = _nodes(parts)
    return building.compare(_tokens(parts)[0], left, right)


RULES: dict[str, Callable[[Parts, Mapping[str, Node]], Node]] = {
    "start": lambda parts, _: _nodes(parts)[0],
    "number": _number,
    "date": _date,
    "fact": _name,
    "name": _name,
    "arith": _binary,
    "compare": _compare,
    "negative": lambda parts, _: building.negative(_nodes(parts)[0]),
    "not_": lambda parts, _: make(tree.Not, building.logic(_nodes(parts)[0], "after `not`")),
    "all_of": lambda parts, _: building.junction(tree.AllOf, _nodes(parts)),
    "any_of": lambda parts, _: building.junction(tree.AnyOf, _nodes(parts)),
    "member": lambda parts, _: building.member(_nodes(parts)[0], _tokens(parts)),
    "call": lambda parts, _: call(_tokens(parts)[0], _nodes(parts)),
}
