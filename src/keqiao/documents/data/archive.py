"""6.5: cover and index of the archive of one engagement."""

from dataclasses import dataclass
from datetime import date

from .shared import Head, Party

FIVE_ASPECTS = ("time", "content", "process", "effect", "evaluation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    name: str
    clause: str
    number: str = ""
    dated: date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    service: str
    contract_number: str
    began_on: date
    ended_on: date
    keeper: str
    aspects: tuple[Aspect, ...]
    index: tuple[IndexLine, ...]
    keep_until: date | None = None

    def __post_init__(self) -> None:
        kinds = tuple(aspect.kind for aspect in self.aspects)
        if kinds != FIVE_ASPECTS:
            raise ValueError(f"An archive records {FIVE_ASPECTS}, in this order (clause 6.5), not {kinds}.")
