"""Conditions in words: facts by their Chinese or English name, shares in per cent, money in 万 and 亿."""

from fractions import Fraction

from eligibility import tree
from eligibility.tree import Node
from eligibility.vocabulary import chinese_name

SIGNS = {
    "zh": {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于", "==": "等于", "!=": "不等于"},
    "en": {">=": "≥", ">": ">", "<=": "≤", "<": "<", "==": "=", "!=": "≠"},
}
JOINS = {"zh": {"and": " 且 ", "or": " 或 ", "not": "非 ", "score": "得分"}, "en": {
    "and": " and ", "or": " or ", "not": "not ", "score": "points"}}  # fmt: skip
TEN_THOUSAND, HUNDRED_MILLION = 10_000, 100_000_000


def worded(node: Node, language: str) -> str:
    """A condition or a metric as text."""
    if isinstance(node, tree.Compare):
        sign = SIGNS[language][node.op]
        return (
            f"{worded(node.metric, language)} {sign} {quantity(node.threshold, node.metric.unit, language)}"
        )
    if isinstance(node, tree.ScoreCompare):
        return f"{JOINS[language]['score']} {SIGNS[language][node.op]} {node.threshold}"
    if isinstance(node, tree.Not):
        return JOINS[language]["not"] + _inner(node.argument, language)
    if isinstance(node, tree.AllOf | tree.AnyOf):
        join = JOINS[language]["and" if isinstance(node, tree.AllOf) else "or"]
        return join.join(_inner(argument, language) for argument in node.arguments)
    if isinstance(node, tree.Member):
        return f"{worded(node.fact, language)} ∈ {{{', '.join(node.choices)}}}"
    if isinstance(node, tree.Fact | tree.Flag):
        return chinese_name(node.name) if language == "zh" else node.name
    if isinstance(node, tree.Const):
        return quantity(node.value, node.unit, language)
    return _composed(node, language)


def _composed(node: Node, language: str) -> str:
    if isinstance(node, tree.Arith):
        sign = {"*": "×", "/": "÷", "-": "−"}.get(node.op, node.op)
        return f"{_inner(node.left, language)} {sign} {_inner(node.right, language)}"
    name = {tree.Coalesce: "coalesce", tree.Choose: "when", tree.YearOf: "year"}.get(type(node), "")
    if isinstance(node, tree.Extreme):
        name = node.op
    return f"{name}({', '.join(worded(child, language) for child in node.children)})"


def _inner(node: Node, language: str) -> str:
    text = worded(node, language)
    return f"({text})" if isinstance(node, tree.Arith | tree.AllOf | tree.AnyOf) else text


def quantity(value: Fraction, unit: str, language: str) -> str:
    """A constant as people write it."""
    if unit == "ratio":
        return f"{_decimal(value * 100)}%"
    if unit == "date":
        from datetime import date

        return date.fromordinal(int(value)).isoformat()
    if unit == "money" and language == "zh" and value >= TEN_THOUSAND:
        scale, name = (HUNDRED_MILLION, "亿元") if value >= HUNDRED_MILLION else (TEN_THOUSAND, "万元")
        if (value / scale * 100).denominator == 1:
            return f"{_decimal(value / scale)}{name}"
    return _decimal(value) + (("元" if language == "zh" else " yuan") if unit == "money" else "")


def _decimal(value: Fraction) -> str:
    if (value * 10**6).denominator != 1:
        return str(value)
    return f"{float(value):,.6f}".rstrip("0").rstrip(".").replace(",", "")


def points_text(points: tree.Points) -> str:
    """Points as one number, or from the least to the most."""
    lo, hi = points
    return str(lo) if lo == hi else f"{lo}-{hi}"
