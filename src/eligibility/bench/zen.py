"""The peer for one row at a time: the conditions and scores of a version as ZEN expressions."""

import json
from collections.abc import Callable
from typing import Any

from eligibility import tree
from eligibility.programme import Version
from eligibility.tree import Node


def zen_decision(version: Version) -> Callable[[dict[str, Any]], Any]:
    """A function of a row's facts; every leaf and every band is an output. Facts must all be there."""
    import zen

    outputs = {leaf.id: expression(leaf.condition) for leaf in version.leaves}
    outputs |= {f"band_{name}": expression(table.bands) for name, table in version.bands.items()}
    outputs["verdict"] = expression(version.root)
    expressions = [{"id": key, "key": key, "value": value} for key, value in outputs.items()]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "x", "name": "x", "type": "expressionNode", "position": {"x": 1, "y": 0},
         "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]  # fmt: skip
    edges = [{"id": "1", "sourceId": "in", "targetId": "x", "type": "edge"},
             {"id": "2", "sourceId": "x", "targetId": "out", "type": "edge"}]  # fmt: skip
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    evaluate: Callable[[dict[str, Any]], Any] = decision.evaluate
    return evaluate


def expression(node: Node) -> str:
    """A node in ZEN's language, missing values left out of account."""
    if isinstance(node, tree.Compare | tree.ScoreCompare):
        inner = node.metric if isinstance(node, tree.Compare) else node.score
        return f"({expression(inner)} {node.op} {float(node.threshold)!r})"
    if isinstance(node, tree.Arith):
        return f"({expression(node.left)} {node.op} {expression(node.right)})"
    if isinstance(node, tree.Coalesce):
        return expression(node.arguments[0])
    if isinstance(node, tree.Const):
        return repr(float(node.value))
    if isinstance(node, tree.Fact | tree.Flag | tree.ScoreFact | tree.Entered):
        return node.name
    if isinstance(node, tree.YearOf):
        return f"floor(({node.date.name} - 1) / 365.2425)"
    if isinstance(node, tree.Not):
        return f"(not {expression(node.argument)})"
    if isinstance(node, tree.Member):
        return f"({node.fact.name} in {json.dumps(list(node.choices))})"
    if isinstance(node, tree.Choose):
        return f"({expression(node.condition)} ? {expression(node.then)} : {expression(node.otherwise)})"
    return _several(node)


def _several(node: Node) -> str:
    if isinstance(node, tree.AllOf | tree.AnyOf):
        word = " and " if isinstance(node, tree.AllOf) else " or "
        return "(" + word.join(expression(argument) for argument in node.arguments) + ")"
    if isinstance(node, tree.Total):
        return "(" + " + ".join(expression(argument) for argument in node.arguments) + ")"
    if isinstance(node, tree.Best):
        return f"{node.op}([{', '.join(expression(argument) for argument in node.arguments)}])"
    if isinstance(node, tree.FixedPoints):
        return str(node.points)
    assert isinstance(node, tree.Bands)
    text = str(node.otherwise[0])
    for condition, (low, _) in zip(reversed(node.conditions), reversed(node.points), strict=True):
        text = f"({expression(condition)} ? {low} : {text})"
    return text
