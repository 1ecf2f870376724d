"""From a programme file to a Programme. Raises nothing but RuleError, with file, line and column."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from eligibility import building, fields, tree
from eligibility.band_tables import read_band_table, read_flag
from eligibility.document import MAX_BYTES, Marked, read_document
from eligibility.errors import RuleError
from eligibility.programme import BandTable, Group, Leaf, Programme, Source, Version
from eligibility.tree import Logic, Node, Scalar, Score
from eligibility.vocabulary import names

STATES = ("draft", "verified", "superseded")
TOP_KEYS = ("programme", "zh", "en", "kind", "sample", "versions")
RULE_KEYS = ("effective", "let", "bands", "scores", "score", "require")
VERSION_KEYS = ("version", "until", "state", "verified", "sources", *RULE_KEYS)
LEAF_KEYS = ("id", "article", "text", "condition", "checked")
MAX_NAMES = 500
IDENTIFIER = re.compile(r"[^\W\d]\w{0,79}\Z")
CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}\Z")
LABEL = re.compile(r"[A-Za-z0-9][\w.-]{0,39}\Z")


def load_programme(path: Path) -> Programme:
    """The programme of a YAML file."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(f"expected a readable file, got: {error.strerror}", source=str(path)) from None
    return parse_programme(content, str(path))


def parse_programme(content: bytes, source: str = "") -> Programme:
    """The programme written in `content`; `source` names it in errors."""
    try:
        return _read_programme(read_document(content))
    except RuleError as error:
        raise error.at(source=source) from None


def _read_programme(top: Marked) -> Programme:
    entries = fields.mapping(top, "a programme", TOP_KEYS)
    code = fields.text_of(top, entries, "programme")
    if not CODE.match(code):
        raise entries["programme"].error(f"expected a code of capitals, digits and _, got {code}")
    places = fields.items(fields.required(top, entries, "versions"), "versions")
    versions = tuple(_read_version(code, place) for place in places)
    labels = [version.label for version in versions]
    for place, label in zip(places, labels, strict=True):
        if labels.count(label) > 1:
            raise place.error(f"expected each version label once, got {label} again")
    return Programme(
        code=code,
        zh=fields.text_of(top, entries, "zh"),
        en=fields.text_of(top, entries, "en"),
        kind=fields.text_of(top, entries, "kind"),
        sample=read_flag(entries, "sample", False),
        versions=versions,
    )


def _read_version(code: str, place: Marked) -> Version:
    entries = fields.mapping(place, "a version", VERSION_KEYS)
    scope: dict[str, Node] = {}
    metrics = {name: _metric(value, scope, name) for name, value in _named(entries, "let")}
    bands: dict[str, BandTable] = {}
    for name, value in _named(entries, "bands"):
        bands[name] = read_band_table(name, value, scope)
        _define(value, scope, name, bands[name].score)
    scores = {name: _score(value, scope, name) for name, value in _named(entries, "scores")}
    require = _read_group(fields.required(place, entries, "require"), scope)
    _check_ids(place, require)
    label = fields.text_of(place, entries, "version")
    if not LABEL.match(label):
        raise entries["version"].error(f"expected a label such as v1, got {label}")
    effective = fields.day(fields.required(place, entries, "effective"))
    until = fields.day(entries["until"]) if "until" in entries else None
    if until is not None and until <= effective:
        raise entries["until"].error(f"expected a day after {effective}, got {until}")
    return Version(
        code=code,
        label=label,
        effective=effective,
        until=until,
        state=_state(place, entries),
        sources=_sources(entries),
        verified=_verified(place, entries),
        metrics=metrics,
        bands=bands,
        scores=scores,
        score=_shown(entries, scores),
        require=require,
        root=_condition(require),
        content_hash=_hash(code, label, entries),
        line=place.line,
    )


def _named(entries: dict[str, Marked], key: str) -> list[tuple[str, Marked]]:
    if key not in entries:
        return []
    section = entries[key]
    if section.kind != "mapping":
        raise section.error(f"expected names and values under {key}")
    if len(section.entries) > MAX_NAMES:
        raise section.error(f"expected at most {MAX_NAMES} names under {key}, got {len(section.entries)}")
    for name, value in section.entries.items():
        if not IDENTIFIER.match(name) or name.startswith("__"):
            raise value.error(f"expected a name of letters, digits and _, got {name[:40]}")
    return list(section.entries.items())


def _define(place: Marked, scope: dict[str, Node], name: str, node: Node) -> None:
    if name in names() or name in scope:
        raise place.error(f"expected a new name, got {name}, which is already a fact or defined above")
    scope[name] = node


def _metric(place: Marked, scope: dict[str, Node], name: str) -> Scalar | Logic:
    node = fields.expression(place, scope)
    if isinstance(node, Score):
        raise place.error("expected a quantity or a condition under let, got points; move it to scores")
    assert isinstance(node, Scalar | Logic)
    _define(place, scope, name, node)
    return node


def _score(place: Marked, scope: dict[str, Node], name: str) -> Score:
    node = fields.expression(place, scope)
    try:
        points = building.score(node, "under scores")
    except RuleError as error:
        raise place.error(error.problem) from None
    _define(place, scope, name, points)
    return points


def _shown(entries: dict[str, Marked], scores: dict[str, Score]) -> Score | None:
    if "score" not in entries:
        return None
    name = fields.text(entries["score"])
    if name not in scores:
        raise entries["score"].error(f"expected one of {', '.join(scores) or 'the scores'}, got {name}")
    return scores[name]


def _read_group(place: Marked, scope: dict[str, Node]) -> Group:
    entries = fields.mapping(place, "require", ("all", "any"))
    if len(entries) != 1:
        raise place.error("expected either `all` or `any`, got both or none")
    mode, members = next(iter(entries.items()))
    return Group(mode, tuple(_read_member(member, scope) for member in fields.items(members, mode)))


def _read_member(place: Marked, scope: dict[str, Node]) -> Leaf | Group:
    if place.kind == "mapping" and ("all" in place.entries or "any" in place.entries):
        return _read_group(place, scope)
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


def _check_ids(place: Marked, require: Group) -> None:
    seen = set()
    for leaf in require.leaves():
        if leaf.id in seen:
            raise RuleError(
                f"expected each id once, got {leaf.id} again", line=leaf.line, column=place.column
            )
        seen.add(leaf.id)


def _condition(member: Leaf | Group) -> Logic:
    if isinstance(member, Leaf):
        return member.condition
    kind = tree.AllOf if member.mode == "all" else tree.AnyOf
    return building.junction(kind, [_condition(child) for child in member.members])


def _state(place: Marked, entries: dict[str, Marked]) -> str:
    state = fields.text_of(place, entries, "state")
    if state not in STATES:
        raise entries["state"].error(f"expected one of {', '.join(STATES)}, got {state}")
    return state


def _verified(place: Marked, entries: dict[str, Marked]) -> str:
    verified = fields.optional_text(entries, "verified")
    if fields.text(entries["state"]) == "verified" and not verified:
        raise place.error("expected `verified` (by whom, when, from which source) beside state verified")
    return verified


def _sources(entries: dict[str, Marked]) -> tuple[Source, ...]:
    found = []
    for item in fields.items(entries["sources"], "sources") if "sources" in entries else ():
        source = fields.mapping(item, "a source", ("document", "note"))
        found.append(Source(fields.text_of(item, source, "document"), fields.optional_text(source, "note")))
    return tuple(found)


def _hash(code: str, label: str, entries: dict[str, Marked]) -> str:
    rules = {key: _plain(entries[key]) for key in RULE_KEYS if key in entries}
    content = json.dumps([code, label, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Marked) -> Any:
    if value.kind == "text":
        return value.text.strip()
    if value.kind == "list":
        return [_plain(item) for item in value.items]
    return {key: _plain(entry) for key, entry in value.entries.items()}
