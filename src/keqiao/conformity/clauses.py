"""The standard as data: its tree of clauses, how strongly each asks, and what counts as evidence for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from keqiao.kernel.platform.typed_yaml import DataError, read_folder, refuse_duplicates

HERE = Path(__file__).parent / "clauses"

Strength = Literal["S", "H", "M", "S/H"]  # shall 应, should 宜, may; S/H where one clause has both
ENTRY = "kernel.Entry"
EvidenceKind = Literal["operation", "record", "by_hand"]
_REF = {
    "operation": re.compile(r"[a-z]+(_[a-z]+)+"),
    "record": re.compile(r"[a-z]+\.[A-Z][A-Za-z]+"),
}
_EXAMPLE = {"operation": "accept_commission", "record": "organisation.Expert"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """An operation that was run, a record that stands, or what is kept by hand and why."""

    kind: EvidenceKind
    note: str
    note_en: str
    ref: str | None = None  # an operation's name or "app.Model"; none for what is kept by hand
    item: str | None = None  # count only engagements of this item or family of the catalogue
    element: str | None = None  # count only this letter of the contract's ten elements
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
    each: tuple[Evidence, ...] = ()  # evidence of every clause of the chapter, counted per catalogue item


def load() -> tuple[Clause, ...]:
    """The chapters of the standard, each with its tree."""
    return load_from(folder=HERE)


def clauses() -> Iterator[Clause]:
    """Everything that asks for something, in the order of the standard: headings left out."""
    return (one for chapter in load() for one in chapter.walk() if not one.is_heading)


def find(*, clause: str) -> Clause:
    """The clause or heading with this identifier, such as "6.3.4.f"."""
    found = _by_id(folder=HERE).get(clause)
    if found is None:
        raise DataError(
            where="clauses",
            expected="the number of a clause, such as 6.1.3 or 6.2.a",
            came=clause,
            remedy="Look the number up in the standard.",
        )
    return found


@cache
def load_from(*, folder: Path) -> tuple[Clause, ...]:
    chapters = tuple(_tree(one) for one in read_folder(folder=folder, schema=_Chapter))
    every = [one for chapter in chapters for one in chapter.walk()]
    refuse_duplicates(names=(one.id for one in every), where="clauses")
    for one in every:
        _check(one)
    return chapters


@cache
def _by_id(*, folder: Path) -> dict[str, Clause]:
    return {one.id: one for chapter in load_from(folder=folder) for one in chapter.walk()}


def _tree(chapter: _Chapter) -> Clause:
    children = tuple(_with_common(one, chapter.each) for one in chapter.children)
    return Clause(id=chapter.id, title=chapter.title, title_en=chapter.title_en, children=children)


def _with_common(clause: Clause, common: tuple[Evidence, ...]) -> Clause:
    own = tuple(replace(one, item=clause.id) for one in common)
    children = tuple(_with_common(one, common) for one in clause.children)
    return replace(clause, evidence=own + clause.evidence, children=children)


def _check(clause: Clause) -> None:
    if clause.is_heading and (clause.evidence or not clause.children):
        raise DataError(
            where=clause.id,
            expected="a strength, or a heading with clauses below and no evidence",
            came="neither",
            remedy="Add `strength: S`, `H` or `M`.",
        )
    if not clause.is_heading and not clause.evidence:
        raise DataError(
            where=clause.id,
            expected="evidence",
            came="none",
            remedy="Name an operation, a record, or `by_hand` with the reason.",
        )
    for child in clause.children:
        _check_place(clause, child)
    for one in clause.evidence:
        _check_ref(clause, one)


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
