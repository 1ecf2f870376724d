"""A programme as read from its file: versions, each with metrics, bands, scores and a requirement tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from eligibility.errors import ProgrammeNotFoundError
from eligibility.kinds import NEW, check_kind
from eligibility.tree import Bands, Entered, Logic, Node, Scalar, Score

DRAFT, VERIFIED, SUPERSEDED = "draft", "verified", "superseded"
STATES = (DRAFT, VERIFIED, SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Source:
    """A document a version rests on: which figures, and by what they were checked; `note` is for what else to say."""

    document: str
    figures: str = ""
    checked: str = ""
    note: str = ""


Span = tuple[date, date | None]
"""From a day up to, not including, another (None: still)."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition. `checked` is false while its figures were not compared with the document."""

    id: str
    article: str
    text: str
    condition: Logic
    checked: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """All or any of its members; `mode` is `all` or `any`."""

    mode: str
    members: tuple["Leaf | Group", ...]

    def leaves(self) -> Iterator[Leaf]:
        """The conditions below, in the order of the file."""
        for member in self.members:
            if isinstance(member, Leaf):
                yield member
            else:
                yield from member.leaves()


@dataclass(frozen=True, slots=True)
class BandTable:
    """A named part of a score. `node` is its value: the bands, or the entered point framed by them."""

    name: str
    article: str
    text: str
    bands: Bands
    entered: str = ""
    checked: bool = True
    line: int = 0
    row_lines: tuple[int, ...] = ()
    node: Bands | Entered | None = None

    @property
    def score(self) -> Score:
        """The node that other expressions see under the name of this table."""
        assert self.node is not None
        return self.node


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """What was in force from `effective` up to, not including, `until` (None: still).

    `spans` has the kinds of application for which that was otherwise.
    `root` is the requirement tree as one condition; `score` the total that results show, if any.
    `content_hash` covers the rules and `effective`, not the state, the sources or `until`, so a
    version that is verified or superseded keeps it.
    """

    code: str
    label: str
    effective: date
    until: date | None
    state: str
    sources: tuple[Source, ...]
    verified: str
    metrics: Mapping[str, Scalar | Logic]
    bands: Mapping[str, BandTable]
    scores: Mapping[str, Score]
    score: Score | None
    require: Group
    root: Logic
    content_hash: str
    line: int = 0
    spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The conditions in the order of the file."""
        return tuple(self.require.leaves())

    def span(self, application: str = NEW) -> Span:
        """From when until when it was in force for a kind of application."""
        return self.spans.get(application, (self.effective, self.until))

    def in_force(self, on: date, application: str = NEW) -> bool:
        """Whether an application of that day and kind falls under this version."""
        effective, until = self.span(application)
        return effective <= on and (until is None or on < until)

    @property
    def roots(self) -> tuple[Node, ...]:
        """Every node a full evaluation needs: leaves, bands, score, metrics, and the root itself."""
        nodes: list[Node] = [leaf.condition for leaf in self.leaves]
        nodes.extend(table.score for table in self.bands.values())
        nodes.extend(self.scores.values())
        nodes.extend(self.metrics.values())
        return (*nodes, self.root)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme and its versions in the order of the file."""

    code: str
    zh: str
    en: str
    kind: str
    sample: bool
    versions: tuple[Version, ...]

    def on(self, day: date, application: str = NEW) -> Version:
        """The version in force on the day of application for its kind. Raises ProgrammeNotFoundError without one."""
        for version in self.versions:
            if version.in_force(day, check_kind(application)):
                return version
        spans = ", ".join(
            f"{version.label} {_written(version.span(application))}" for version in self.versions
        )
        kind = "" if application == NEW else f" for a {application}"
        raise ProgrammeNotFoundError(
            f"expected a version of {self.code} in force on {day}{kind}, got only {spans}"
        )

    def version(self, label: str) -> Version:
        """The version of that label. Raises ProgrammeNotFoundError."""
        for version in self.versions:
            if version.label == label:
                return version
        known = ", ".join(v.label for v in self.versions)
        raise ProgrammeNotFoundError(f"expected one of {known} for {self.code}, got {label}")


def _written(span: Span) -> str:
    effective, until = span
    return f"[{effective}, {until or 'open'})"
