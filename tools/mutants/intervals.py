"""Where a stretch of days, a sum or a level begins and ends: closed turned half-open and back, a day more."""

import ast
import re
from collections.abc import Iterator

from mutants.source import Edit, Mutant, Source, argument, called, name_of

OTHER_END = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
LOOKUPS = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}
# Days, times, money and levels; not lengths, sizes and pages.
OF_A_RULE = re.compile(
    r"(^|_)(days?|date|on|at|today|now|since|until|due|late|begins?|ends?|first|last|after|before|moment|expires|"
    r"years?|months?|amounts?|paid|outstanding|fee|total|settled|level|clearance|began|seen|number|step|n|m)(_|$)"
)


def intervals(source: Source) -> Iterator[Mutant]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Compare) and not any(called(part) == "len" for part in ast.walk(node)):
            yield from compared(source, node)
        if isinstance(node, ast.keyword) and node.arg and not source.in_meta(node):
            yield from keyword(source, node)
        if isinstance(node, ast.JoinedStr):
            yield from path(source, node)
        if isinstance(node, ast.Call) and called(node) == "timedelta":
            yield from shifted(source, node)


def compared(source: Source, node: ast.Compare) -> Iterator[Mutant]:
    words = {name_of(part) for part in ast.walk(node)}
    if not any(map(OF_A_RULE.search, words)):
        return
    sides = [node.left, *node.comparators]
    for left, sign, right in zip(sides, node.ops, sides[1:], strict=False):
        other = OTHER_END.get(type(sign))
        if other is None:
            continue
        start, end = source.span(left)[1], source.span(right)[0]
        between = source.data[start:end].decode()
        old = max(re.findall(r"[<>]=?", between), key=len)
        said = f"`{source.short(left)} {{}} {source.short(right)}`"
        edit = Edit(source.path, start, end, between.replace(old, other, 1))
        yield source.mutant("interval", node, f"{said.format(old)} becomes `{other}`", edit)


def keyword(source: Source, node: ast.keyword) -> Iterator[Mutant]:
    lookup = next(
        (end for end in sorted(LOOKUPS, key=len, reverse=True) if str(node.arg).endswith(end)), None
    )
    if lookup and OF_A_RULE.search(str(node.arg)):
        start, _end = source.span(node)
        name = str(node.arg)
        other = name.removesuffix(lookup) + LOOKUPS[lookup]
        edit = Edit(source.path, start, start + len(name), other)
        yield source.mutant("interval", node.value, f"`{source.short(node)}` becomes `{other}=…`", edit)


def path(source: Source, node: ast.JoinedStr) -> Iterator[Mutant]:
    """A lookup put together from a name: `f"{begins}__lte"`."""
    last, said = node.values[-1], source.text(node)
    lookup = last.value if isinstance(last, ast.Constant) else ""
    if lookup in LOOKUPS and said.endswith(f'{lookup}"'):
        other = said.removesuffix(f'{lookup}"') + f'{LOOKUPS[lookup]}"'
        yield source.mutant("interval", node, f"`{said}` becomes `{other}`", source.instead(node, other))


def shifted(source: Source, call: ast.Call) -> Iterator[Mutant]:
    days = argument(call, "days")
    if days:
        more = f"({source.text(days.value)}) + 1"
        yield source.mutant(
            "interval", call, f"`{source.short(call)}`: a day more", source.instead(days.value, more)
        )
