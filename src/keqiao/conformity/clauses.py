"""The standard as data: its tree of clauses, how strongly each asks, and what counts as evidence for it.

What a clause asks, and what of it is kept outside the system, stands here in clauses/; what an app is evidence for stands
in its own `evidence.yaml`, and is joined when the clauses are read.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from keqiao.kernel.platform.typed_yaml import DataError, read, read_folder, refuse_duplicates

HERE = Path(__file__).parent / "clauses"

Strength = Literal["S", "H", "M", "S/H"]  # shall 应, should 宜, may; S/H where one clause has both
ENTRY = "kernel.Entry"
SERVICES = "5"  # the chapter of the services an institution offers, all or some
EvidenceKind = Literal["operation", "record", "by_hand", "share", "timely", "rhythm", "none_open"]
MEASURED = frozenset(("share", "timely", "rhythm", "none_open"))  # declared in the app's measures.py
_REF = {
    "operation": re.compile(r"[a-z]+(_[a-z]+)+"),
    "record": re.compile(r"[a-z]+\.[A-Z][A-Za-z]+"),
    **dict.fromkeys(MEASURED, re.compile(r"[a-z_]+\.[a-z_]+")),
}
_EXAMPLE = {
    "operation": "accept_commission",
    "record": "organisation.Expert",
    **dict.fromkeys(MEASURED, "engagement.milestones"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """An operation that was run, a record that stands, a measure of fulfilment, or what is kept by hand and why."""

    kind: EvidenceKind
    note: str
    note_en: str
    ref: str | None = (
        None  # an operation, "app.Model", or the name of a measure; none for what is kept by hand
    )
    item: str | None = None  # count only steps that serve this item or family of the catalogue
    element: str | None = None  # count only this letter of the contract's ten elements
    meets: bool = True  # enough for the clause; else it is counted and listed, and fulfils nothing by itself
    dated: str | None = None  # count the records with this time in the period; without it those in force


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, a lettered item, or (without a strength) a heading above them."""

    id: str
    title: str
    title_en: str
    strength: Strength | None = None
    asks: str | None = None
    evidence: tuple[Evidence, ...] = ()
    children: "tuple[Clause, ...]" = ()

    @property
    def is_heading(self) -> bool:
        return self.strength is None

    def walk(self) -> "Iterator[Clause]":
        """This clause and all below it, in the order of the standard."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class _Chapter:
    version: int
    id: str
    title: str
    title_en: str
    children: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """The `evidence.yaml` of an app: by clause, and for every service item."""

    version: int
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    each: tuple[Evidence, ...] = ()


def load() -> tuple[Clause, ...]:
    """The chapters of the standard, each with its tree, and with what the installed apps are evidence for."""
    return load_from(folder=HERE, apps=evidence_files())


def evidence_files() -> tuple[Path, ...]:
    """One for each app that is evidence for something, the lowest app first."""
    from keqiao.kernel.steps.modules import installed  # so that a plain script can read the clauses

    return tuple(path for app in installed() if (path := Path(app.path) / "evidence.yaml").exists())


def clauses() -> Iterator[Clause]:
    """Everything that asks for something, in the order of the standard: headings left out."""
    return (clause for chapter in load() for clause in chapter.walk() if not clause.is_heading)


def find(*, clause: str) -> Clause:
    """The clause or heading with this identifier, such as "6.3.4.f"."""
    node = _by_id(folder=HERE, apps=evidence_files()).get(clause)
    if node is None:
        raise DataError(
            where="clauses",
            expected="the number of a clause, such as 6.1.3 or 6.2.a",
            came=clause,
            remedy="Look the number up in the standard.",
        )
    return node


def identifiers() -> frozenset[str]:
    """Of every clause, lettered item and heading of the standard."""
    return frozenset(
        clause.id for chapter in _chapters(HERE) for node in chapter.children for clause in node.walk()
    ) | {chapter.id for chapter in _chapters(HERE)}


@cache
def _chapters(folder: Path) -> tuple[_Chapter, ...]:
    return read_folder(folder=folder, schema=_Chapter)


@cache
def load_from(*, folder: Path, apps: tuple[Path, ...] = ()) -> tuple[Clause, ...]:
    """The clauses of a folder, joined with these files of apps. Raises DataError, naming file and remedy."""
    own = {f"{path.parent.name}/{path.name}": read(path=path, schema=Own) for path in apps}
    chapters = tuple(_tree(chapter, own) for chapter in _chapters(folder))
    every = [clause for chapter in chapters for clause in chapter.walk()]
    refuse_duplicates(names=(clause.id for clause in every), where="clauses")
    for where, app in own.items():
        refuse_unknown(where, app, {clause.id for clause in every})
    for clause in every:
        _check(clause)
    return chapters


@cache
def _by_id(*, folder: Path, apps: tuple[Path, ...]) -> dict[str, Clause]:
    return {clause.id: clause for chapter in load_from(folder=folder, apps=apps) for clause in chapter.walk()}


def _tree(chapter: _Chapter, own: dict[str, Own]) -> Clause:
    children = tuple(_joined(child, own) for child in chapter.children)
    return Clause(id=chapter.id, title=chapter.title, title_en=chapter.title_en, children=children)


def _joined(clause: Clause, own: dict[str, Own]) -> Clause:
    """With the evidence of the apps before what the clause itself says is kept by hand."""
    lines = [line for app in own.values() for line in app.evidence.get(clause.id, ())]
    if clause.id.startswith(f"{SERVICES}."):
        lines += [replace(line, item=clause.id) for app in own.values() for line in app.each]
    children = tuple(_joined(child, own) for child in clause.children)
    return replace(clause, evidence=(*lines, *clause.evidence), children=children)


def refuse_unknown(where: str, own: Own, known: Collection[str]) -> None:
    """Raises DataError for evidence of a clause, or of an item, that isn't in the standard."""
    lines = [*own.each, *(line for many in own.evidence.values() for line in many)]
    for clause in (*own.evidence, *(line.item for line in lines if line.item)):
        if clause not in known:
            raise DataError(
                where=where,
                expected="the number of a clause, such as 6.1.3 or 6.2.a",
                came=clause,
                remedy="Look the number up in conformity/clauses.",
            )


def _check(clause: Clause) -> None:
    if clause.is_heading and (clause.evidence or not clause.children):
        raise DataError(
            where=clause.id,
            expected="a strength, or a heading with clauses below and no evidence",
            came="neither",
            remedy="Add `strength: S`, `H` or `M`.",
        )
    if not clause.is_heading and not any(line.meets for line in clause.evidence):
        raise DataError(
            where=clause.id,
            expected="evidence",
            came="none that meets it" if clause.evidence else "none",
            remedy="Name an operation, a record, or `by_hand` with the reason.",
        )
    for child in clause.children:
        _check_place(clause, child)
    for line in clause.evidence:
        _check_ref(clause, line)


def _check_place(parent: Clause, child: Clause) -> None:
    if child.id.rpartition(".")[0] != parent.id:
        raise DataError(
            where=f"{parent.id} › {child.id}",
            expected=f"an id that begins with {parent.id} and has one part more",
            came=child.id,
            remedy="Correct the id or move the clause.",
        )


def _check_ref(clause: Clause, evidence: Evidence) -> None:
    pattern = _REF.get(evidence.kind)
    fits = evidence.ref is None if pattern is None else bool(pattern.fullmatch(evidence.ref or ""))
    if not fits:
        example = _EXAMPLE.get(evidence.kind)
        raise DataError(
            where=f"{clause.id} › evidence › {evidence.kind}",
            expected=f"ref: a name such as {example}" if example else "no ref",
            came=evidence.ref,
            remedy="Correct or remove the ref.",
        )
