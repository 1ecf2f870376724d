"""6.5: cover and index of the archive of one engagement."""

from dataclasses import dataclass
from datetime import date

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.archive.own_names import OwnNames
from keqiao.engagement.case.papers import common
from keqiao.engagement.delivery.models.delivery import Archive
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import pack_parts
from keqiao.kernel.steps.served import ServiceLine

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


@paper("archive")
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


def cover(archive: Archive, *, line: ServiceLine, names: OwnNames) -> ArchiveData:
    """`line` is the engagement as the reader knows it, `names` the files of the reader's pack."""
    engagement = archive.engagement
    contract = engagement.contracts.first()
    return ArchiveData(
        head=common.head(archive.number),
        client=common.client(engagement),
        institution=common.ours(),
        engagement=f"{engagement.number} {engagement.title}",
        service=engagement.item.name,
        contract_number=contract.number if contract else "",
        began_on=clock.day_of(engagement.created_at),
        ended_on=engagement.delivered_on or clock.today(),
        keeper=engagement.consultant.name if engagement.consultant else "",
        aspects=tuple(Aspect(kind=name, text=getattr(line, name)) for name in FIVE_ASPECTS),
        index=tuple(index_lines(archive, names)),
    )


def index_lines(archive: Archive, names: OwnNames) -> list[IndexLine]:
    """Every file of the pack, under the clause of each step that brought it."""
    known = {blob.sha256 for blob in names.files}
    return [
        IndexLine(
            name=names.of(file.sha256, entry),
            clause=entry.clause,
            dated=clock.day_of(entry.at),
            sha256=file.sha256,
        )
        for case in pack_parts.cases_of(archive.engagement)
        for entry in Entry.objects.filter(case=case).order_by("case_n").prefetch_related("files")
        for file in entry.files.all()
        if file.sha256 in known
    ]
