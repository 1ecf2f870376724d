"""Reading one version of a programme: names in the order let, bands, scores, then the requirement."""

import hashlib
import json
import re
from datetime import date
from typing import Any

from eligibility import building, fields
from eligibility.band_tables import read_band_table
from eligibility.document import Marked
from eligibility.errors import RuleError
from eligibility.kinds import KINDS
from eligibility.programme import STATES, VERIFIED, BandTable, Source, Span, Version
from eligibility.requirements import check_ids, condition_of, read_group
from eligibility.tree import Logic, Node, Scalar, Score
from eligibility.vocabulary import names

RULE_KEYS = ("effective", "let", "bands", "scores", "score", "require")
VERSION_KEYS = ("version", "until", "applications", "state", "verified", "sources", *RULE_KEYS)
SOURCE_KEYS = ("document", "figures", "checked", "note")
MAX_NAMES = 500
IDENTIFIER = re.compile(r"[^\W\d]\w{0,79}\Z")
LABEL = re.compile(r"[A-Za-z0-9][\w.-]{0,39}\Z")


def read_version(code: str, place: Marked) -> Version:
    """A version; every expression in it sees only names defined above it."""
    entries = fields.mapping(place, "a version", VERSION_KEYS)
    scope: dict[str, Node] = {}
    metrics = {name: _metric(value, scope, name) for name, value in _named(entries, "let")}
    bands: dict[str, BandTable] = {}
    for name, value in _named(entries, "bands"):
        bands[name] = read_band_table(name, value, scope)
        _define(value, scope, name, bands[name].score)
    scores = {name: _score(value, scope, name) for name, value in _named(entries, "scores")}
    require = read_group(fields.required(place, entries, "require"), scope)
    check_ids(place, require)
    label = fields.text_of(place, entries, "version")
    if not LABEL.match(label):
        raise entries["version"].error(f"expected a label such as v1, got {label}")
    fields.required(place, entries, "effective")
    span = _span(entries, (date.min, None))
    return Version(
        code=code,
        label=label,
        effective=span[0],
        until=span[1],
        spans=_spans(entries, span),
        state=_state(place, entries),
        sources=_sources(entries),
        verified=_verified(place, entries),
        metrics=metrics,
        bands=bands,
        scores=scores,
        score=_shown(entries, scores),
        require=require,
        root=condition_of(require),
        content_hash=_hash(code, label, entries),
        line=place.line,
    )


def _span(entries: dict[str, Marked], usual: Span) -> Span:
    """`effective` and `until`, each as usual where it is left out."""
    effective = fields.day(entries["effective"]) if "effective" in entries else usual[0]
    until = fields.day(entries["until"]) if "until" in entries else usual[1]
    if until is not None and until <= effective:
        place = entries.get("until") or entries["effective"]
        raise place.error(f"expected a day after {effective}, got {until}")
    return effective, until


def _spans(entries: dict[str, Marked], usual: Span) -> dict[str, Span]:
    """By kind of application, for those kinds that the file names."""
    if "applications" not in entries:
        return {}
    named = fields.mapping(entries["applications"], "applications", KINDS)
    keys = ("effective", "until")
    return {kind: _span(fields.mapping(value, kind, keys), usual) for kind, value in named.items()}


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


def _state(place: Marked, entries: dict[str, Marked]) -> str:
    state = fields.text_of(place, entries, "state")
    if state not in STATES:
        raise entries["state"].error(f"expected one of {', '.join(STATES)}, got {state}")
    return state


def _verified(place: Marked, entries: dict[str, Marked]) -> str:
    verified = " ".join(fields.optional_text(entries, "verified").split())
    if fields.text(entries["state"]) == VERIFIED and not verified:
        raise place.error("expected `verified` (by whom, when, from which source) beside state verified")
    return verified


def _sources(entries: dict[str, Marked]) -> tuple[Source, ...]:
    sources = []
    for item in fields.items(entries["sources"], "sources") if "sources" in entries else ():
        source = fields.mapping(item, "a source", SOURCE_KEYS)
        texts = {key: fields.optional_text(source, key) for key in SOURCE_KEYS[1:]}
        sources.append(Source(fields.text_of(item, source, "document"), **texts))
    return tuple(sources)


def _hash(code: str, label: str, entries: dict[str, Marked]) -> str:
    rules = {key: _plain(entries[key]) for key in RULE_KEYS if key in entries}
    kinds = entries["applications"].entries.items() if "applications" in entries else ()
    begun = {kind: value.entries["effective"].text for kind, value in kinds if "effective" in value.entries}
    if begun:
        rules["applications"] = begun
    content = json.dumps([code, label, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Marked) -> Any:
    if value.kind == "text":
        return value.text.strip()
    if value.kind == "list":
        return [_plain(item) for item in value.items]
    return {key: _plain(entry) for key, entry in value.entries.items()}
