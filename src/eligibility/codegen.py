"""Python source from a tree: straight-line code for one enterprise, exact because it never divides.

A scalar is a pair of variables, numerator and denominator; the denominator is positive and is left out
where it is 1. No ratio is 0 over 0, which sums and products keep. Comparing with a threshold p/q is `n * q >= p * d`
on whole numbers.
Names: n, d numerator and denominator; b condition; l, h ends of a score; e entered points; g looks up a fact.
"""

from collections.abc import Callable, Iterable
from typing import Any

from eligibility import tree
from eligibility.order import topological
from eligibility.tree import Node, Scalar, Score

INDENT = "    "


class Writer:
    """Lines of one function, and how each node already written is called there."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._names: dict[Node, tuple[str, str]] = {}
        self._hollow: set[Node] = set()
        self._number = 0

    def write(self, nodes: Iterable[Node]) -> None:
        """Write the nodes, whose operands come before them."""
        for node in nodes:
            if node not in self._names:
                self._number += 1
                RULES[type(node)](self, node)

    def add(self, *lines: str) -> None:
        self.lines.extend(INDENT + line for line in lines)

    def pair(self, node: Node) -> tuple[str, str]:
        """Numerator and denominator of a scalar, or the ends of a score."""
        return self._names[node]

    def mark_hollow(self, node: Node) -> None:
        """Tell that a scalar may be no ratio."""
        self._hollow.add(node)

    def is_hollow(self, node: Node) -> bool:
        """Whether a scalar may be no ratio, so that its denominator must be looked at."""
        return node in self._hollow

    def logic(self, node: Node) -> str:
        """The name of a condition."""
        return self._names[node][0]

    def name(self, node: Node, first: str, second: str = "") -> tuple[str, str]:
        """Name a node's results, numbered: `first`, and `second` unless it is empty or a constant."""
        numbered = second + str(self._number) if second.isalpha() else second
        self._names[node] = (first + str(self._number) if first.isalpha() else first, numbered)
        return self._names[node]

    def result(self, node: Node) -> str:
        """The expression that returns a node's value: n or (n, d), b, (l, h)."""
        first, second = self._names[node]
        if isinstance(node, Score) or (isinstance(node, Scalar) and second != "1"):
            return f"({first}, {second})"
        return first


def times(left: str, right: str) -> str:
    """`left * right` without the ones."""
    if "1" in (left, right):
        return right if left == "1" else left
    return f"{left} * {right}"


def unknown(writer: Writer, nodes: Iterable[Node]) -> str:
    """A test that any of the scalars is None; constants never are."""
    tests = [f"{writer.pair(node)[0]} is None" for node in nodes if not isinstance(node, tree.Const)]
    return " or ".join(dict.fromkeys(tests)) or "False"


def _const(writer: Writer, node: tree.Const) -> None:
    writer.name(node, f"({node.value.numerator})", str(node.value.denominator))


def _fact(writer: Writer, node: tree.Fact) -> None:
    n, _ = writer.name(node, "n", "1")
    writer.add(f"{n} = g({node.name!r})")


def _arith(writer: Writer, node: tree.Arith) -> None:
    if node.op == "/" and not isinstance(node.right, tree.Const):
        _quotient(writer, node)
        return
    (ln, ld), (rn, rd) = writer.pair(node.left), writer.pair(node.right)
    if node.op == "/":
        assert isinstance(node.right, tree.Const)
        sign = -1 if node.right.value < 0 else 1
        rn, rd = f"({sign * node.right.value.denominator})", str(abs(node.right.value.numerator))
    value = _combine(node.op, (ln, ld), (rn, rd))
    denominator = ld if ld == rd and node.op in "+-" else times(ld, rd)
    n, d = writer.name(node, "n", "1" if denominator == "1" else "d")
    if d != "1":
        writer.add(f"{d} = {denominator}")
    missing = "None"
    if _spread(writer, node):
        missing = f"(None if {d} else 0)"
    writer.add(f"{n} = {missing} if {unknown(writer, node.children)} else {value}")


def _spread(writer: Writer, node: Node) -> bool:
    """Mark a scalar that is computed from one that may be no ratio; whether it is."""
    hollow = any(writer.is_hollow(child) for child in node.children)
    if hollow:
        writer.mark_hollow(node)
    return hollow


def _none(writer: Writer, nodes: Iterable[Node], join: str = " or ") -> str:
    """A test that scalars which may be no ratio are none; nothing where none of them may be."""
    return join.join(f"{writer.pair(node)[1]} == 0" for node in nodes if writer.is_hollow(node))


def _combine(op: str, left: tuple[str, str], right: tuple[str, str]) -> str:
    (ln, ld), (rn, rd) = left, right
    if op in "*/":
        return times(ln, rn)
    if ld == rd:
        return f"{ln} {op} {rn}"
    return f"{times(ln, rd)} {op} {times(rn, ld)}"


def _quotient(writer: Writer, node: tree.Arith) -> None:
    (ln, ld), (rn, rd) = writer.pair(node.left), writer.pair(node.right)
    n, d = writer.name(node, "n", "d")
    zero = " or ".join(filter(None, [f"{rn} == 0", _none(writer, [node.left])]))
    writer.mark_hollow(node)
    writer.add(
        f"if {zero}: {n} = {d} = 0",
        f"elif {unknown(writer, node.children)}: {n} = None; {d} = 1",
        f"elif {rn} > 0: {n} = {times(ln, rd)}; {d} = {times(ld, rn)}",
        f"else: {n} = -({times(ln, rd)}); {d} = -({times(ld, rn)})",
    )


def _extreme(writer: Writer, node: tree.Extreme) -> None:
    n, d = writer.name(node, "n", "d")
    first, *rest = (writer.pair(argument) for argument in node.arguments)
    sign = "<" if node.op == "min" else ">"
    hollow = _spread(writer, node)
    if hollow:
        writer.add(f"if {_none(writer, node.arguments)}: {n} = {d} = 0")
    writer.add(
        f"{'el' if hollow else ''}if {unknown(writer, node.arguments)}: {n} = None; {d} = 1",
        "else:",
        f"    {n} = {first[0]}; {d} = {first[1]}",
        *(f"    if {times(rn, d)} {sign} {times(n, rd)}: {n} = {rn}; {d} = {rd}" for rn, rd in rest),
    )


def _coalesce(writer: Writer, node: tree.Coalesce) -> None:
    n, d = writer.name(node, "n", "d")
    writer.add(f"{n} = None; {d} = 1")
    for index, argument in enumerate(node.arguments):
        rn, rd = writer.pair(argument)
        known = "True" if isinstance(argument, tree.Const) else f"{rn} is not None"
        if writer.is_hollow(argument):
            known += f" and {rd}"
        writer.add(f"{'el' if index else ''}if {known}: {n} = {rn}; {d} = {rd}")
    if all(writer.is_hollow(argument) for argument in node.arguments):
        writer.mark_hollow(node)
        writer.add(f"elif {_none(writer, node.arguments, ' and ')}: {n} = {d} = 0")


def _choose(writer: Writer, node: tree.Choose) -> None:
    condition, then, otherwise = (
        writer.logic(node.condition),
        writer.pair(node.then),
        writer.pair(node.otherwise),
    )
    n, d = writer.name(node, "n", "1" if then[1] == otherwise[1] == "1" else "d")
    _spread(writer, node)
    for test, (rn, rd) in (
        (f"if {condition} is None", ("None", "1")),
        (f"elif {condition}", then),
        ("else", otherwise),
    ):
        writer.add(f"{test}: {n} = {rn}" + ("" if d == "1" else f"; {d} = {rd}"))


def _year(writer: Writer, node: tree.YearOf) -> None:
    day = writer.pair(node.date)[0]
    n, _ = writer.name(node, "n", "1")
    writer.add(f"{n} = None if {day} is None else from_ordinal({day}).year")


def _test(writer: Writer, node: tree.Compare) -> str:
    """The comparison of a metric that has a value."""
    n, d = writer.pair(node.metric)
    p, q = node.threshold.numerator, node.threshold.denominator
    right = str(p) if p == 0 else times(str(p), d) if p != 1 else d
    return f"{times(n, str(q))} {node.op} {right}"


def _flag(writer: Writer, node: tree.Flag) -> None:
    b, _ = writer.name(node, "b")
    writer.add(f"{b} = g({node.name!r})")


def _compare(writer: Writer, node: tree.Compare) -> None:
    b, _ = writer.name(node, "b")
    ratio = f"{writer.pair(node.metric)[1]} > 0 and " if writer.is_hollow(node.metric) else ""
    writer.add(f"{b} = None if {unknown(writer, node.children)} else {ratio}{_test(writer, node)}")


def _member(writer: Writer, node: tree.Member) -> None:
    choice = writer.pair(node.fact)[0]
    b, _ = writer.name(node, "b")
    writer.add(f"{b} = None if {choice} is None else {choice} in {node.choices!r}")


def _not(writer: Writer, node: tree.Not) -> None:
    argument = writer.logic(node.argument)
    b, _ = writer.name(node, "b")
    writer.add(f"{b} = None if {argument} is None else not {argument}")


def _junction(writer: Writer, node: tree.AllOf | tree.AnyOf) -> None:
    arguments = [writer.logic(argument) for argument in node.arguments]
    strong = isinstance(node, tree.AnyOf)
    b, _ = writer.name(node, "b")
    decided = " or ".join(f"{argument} is {strong}" for argument in arguments)
    undecided = " or ".join(f"{argument} is None" for argument in arguments)
    writer.add(f"{b} = {strong} if {decided} else None if {undecided} else {not strong}")


NEGATED = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _score_compare(writer: Writer, node: tree.ScoreCompare) -> None:
    lo, hi = writer.pair(node.score)
    p, q = str(node.threshold.numerator), str(node.threshold.denominator)
    lo, hi = times(lo, q), times(hi, q)
    b, _ = writer.name(node, "b")
    if node.op in NEGATED:
        sure, best = (lo, hi) if node.op in (">", ">=") else (hi, lo)
        writer.add(
            f"{b} = True if {sure} {node.op} {p} else False if {best} {NEGATED[node.op]} {p} else None"
        )
    else:
        equal = node.op == "=="
        outside = f"{lo} > {p} or {hi} < {p}" if q == "1" else "True"
        writer.add(f"{b} = {not equal} if {outside} else {equal} if {lo} == {hi} else None")


def _bands(writer: Writer, node: tree.Bands) -> None:
    if node.metric is None:
        _listed_bands(writer, node)
        return
    lo, hi = writer.name(node, "l", "h")
    writer.add(f"if {writer.pair(node.metric)[0]} is None: {lo} = {node.lowest}; {hi} = {node.highest}")
    if writer.is_hollow(node.metric):
        least, most = node.otherwise
        writer.add(f"elif {writer.pair(node.metric)[1]} == 0: {lo} = {least}; {hi} = {most}")
    for condition, (low, high) in zip(node.conditions, node.points, strict=True):
        assert isinstance(condition, tree.Compare)
        writer.add(f"elif {_test(writer, condition)}: {lo} = {low}; {hi} = {high}")
    writer.add(f"else: {lo} = {node.otherwise[0]}; {hi} = {node.otherwise[1]}")


def _listed_bands(writer: Writer, node: tree.Bands) -> None:
    """Rows of any conditions: as long as they are known the first true one counts, else the hull."""
    conditions = [writer.logic(condition) for condition in node.conditions]
    lo, hi = writer.name(node, "l", "h")
    open_points = f"{lo}, {hi} = hull(({', '.join(conditions)},), {node.points!r}, {node.otherwise!r})"
    for index, (condition, (low, high)) in enumerate(zip(conditions, node.points, strict=True)):
        writer.add(f"{'el' if index else ''}if {condition}: {lo} = {low}; {hi} = {high}")
        writer.add(f"elif {condition} is None: {open_points}")
    writer.add(f"else: {lo} = {node.otherwise[0]}; {hi} = {node.otherwise[1]}")


def _entered(writer: Writer, node: tree.Entered) -> None:
    low, high = writer.pair(node.frame)
    lo, hi = writer.name(node, "l", "h")
    writer.add(
        f"e = g({node.name!r})",
        f"if e is None: {lo} = {low}; {hi} = {high}",
        "else:",
        f"    {lo} = {hi} = e",
        f"    if not {low} <= e <= {high}: faults += ({node.name!r},)",
    )


def _score_fact(writer: Writer, node: tree.ScoreFact) -> None:
    lo, hi = writer.name(node, "l", "h")
    writer.add(f"{lo} = {hi} = g({node.name!r})", f"if {lo} is None: {lo} = 0; {hi} = {node.maximum}")


def _fixed(writer: Writer, node: tree.FixedPoints) -> None:
    writer.name(node, str(node.points), str(node.points))


def _total(writer: Writer, node: tree.Total) -> None:
    ends = [writer.pair(argument) for argument in node.arguments]
    lo, hi = writer.name(node, "l", "h")
    writer.add(
        f"{lo} = {' + '.join(low for low, _ in ends)}", f"{hi} = {' + '.join(high for _, high in ends)}"
    )


def _best(writer: Writer, node: tree.Best) -> None:
    ends = [writer.pair(argument) for argument in node.arguments]
    lo, hi = writer.name(node, "l", "h")
    writer.add(
        f"{lo} = {node.op}({', '.join(low for low, _ in ends)})",
        f"{hi} = {node.op}({', '.join(high for _, high in ends)})",
    )


RULES: dict[type[Node], Callable[[Writer, Any], None]] = {
    tree.Fact: _fact,
    tree.Const: _const,
    tree.Arith: _arith,
    tree.Extreme: _extreme,
    tree.Coalesce: _coalesce,
    tree.Choose: _choose,
    tree.YearOf: _year,
    tree.Flag: _flag,
    tree.Compare: _compare,
    tree.Member: _member,
    tree.Not: _not,
    tree.AllOf: _junction,
    tree.AnyOf: _junction,
    tree.ScoreCompare: _score_compare,
    tree.FixedPoints: _fixed,
    tree.Bands: _bands,
    tree.Entered: _entered,
    tree.ScoreFact: _score_fact,
    tree.Total: _total,
    tree.Best: _best,
}


def function_source(name: str, roots: Iterable[Node], returned: Callable[[Writer], str]) -> str:
    """The source of a function of `g` (name -> value or None) that computes the roots."""
    writer = Writer()
    writer.add("faults = ()")
    writer.write(topological(roots))
    writer.add(f"return {returned(writer)}")
    return "\n".join([f"def {name}(g):", *writer.lines])
