"""6.5: cover and index of the archive of one engagement."""

from dataclasses import dataclass
from datetime import date

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper
from keqiao.engagement.archive.own_names import own_names
from keqiao.engagement.case.papers import common
from keqiao.engagement.delivery.models.delivery import Archive
from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import pack_parts

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


def cover(archive: Archive) -> ArchiveData:
    engagement = archive.engagement
    summary = engagement.archive_summaries.get()
    contract = engagement.contracts.first()
    return ArchiveData(
        head=common.head(archive.number),
        client=common.client(engagement),
        institution=common.ours(),
        engagement=f"{engagement.number} {engagement.title}",
        service=engagement.item.name,
        contract_number=contract.number if contract else "",
        began_on=engagement.created_at.date(),
        ended_on=engagement.delivered_on or clock.today(),
        keeper=engagement.consultant.name if engagement.consultant else "",
        aspects=(
            Aspect(kind="time", text=summary.time),
            Aspect(kind="content", text=summary.content),
            Aspect(kind="process", text=summary.process),
            Aspect(kind="effect", text=summary.effect),
            Aspect(kind="evaluation", text=summary.evaluation),
        ),
        index=tuple(index_lines(archive)),
    )


def index_lines(archive: Archive) -> list[IndexLine]:
    """Every file of the pack's records, under the clause of the step that brought it."""
    cases = pack_parts.cases_of(archive.engagement)
    blobs = Blob.objects.filter(enterprise_id=archive.enterprise_id).order_by("pk")
    names = own_names(blobs, cases)
    known = {blob.sha256 for blob in names.files}
    return [
        IndexLine(
            name=names.of(file.sha256, entry), clause=entry.clause, dated=entry.at.date(), sha256=file.sha256
        )
        for case in cases
        for entry in Entry.objects.filter(case=case).order_by("case_n").prefetch_related("files")
        for file in entry.files.all()
        if file.sha256 in known
    ]
