"""Syntax errors in words: what was expected, what came, what to do."""

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from eligibility.errors import RuleError
from eligibility.functions import FUNCTIONS

SHOWN = 30
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


def place(text: str, position: int) -> tuple[int, int]:
    """Line and column of a position, from 1."""
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


def explain_syntax(error: UnexpectedInput, text: str) -> RuleError:
    """What the grammar expected at the place where the text stopped making sense."""
    wanted: set[str] = set(getattr(error, "accepts", ()) or getattr(error, "expected", ()) or ())
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        came, (line, column) = f"`{shorten(str(error.token))}`", (error.line, error.column)
    elif isinstance(error, UnexpectedCharacters):
        position = error.pos_in_stream or 0
        came, (line, column) = f"`{text[position]}`", place(text, position)
        wanted = set(error.allowed or ())
    else:
        came, (line, column) = "the end of the text", place(text, len(text.rstrip()))
    words = sorted({EXPECTED[name] for name in wanted if name in EXPECTED}) or ["an expression"]
    return RuleError(f"expected {', '.join(words)}, got {came}{_advice(came)}", line=line, column=column)


def shorten(text: str) -> str:
    """A text as messages show it."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _advice(came: str) -> str:
    if came == "`(`":
        return f"; only {', '.join(FUNCTIONS)} can be called"
    if came in ("`.`", "`[`", "`{`"):
        return "; the language has no attributes and no indexing"
    return "; see the page on the language"
