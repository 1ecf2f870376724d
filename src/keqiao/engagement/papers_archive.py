"""The archive's cover and index as a paper."""

from keqiao.documents.data import ArchiveData, Aspect, IndexLine
from keqiao.engagement import papers
from keqiao.engagement.models import Archive
from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation


def cover(archive: Archive) -> ArchiveData:
    engagement = archive.engagement
    summary = engagement.archive_summaries.get()
    contract = engagement.contracts.first()
    return ArchiveData(
        head=papers.head(archive.number),
        client=papers.client(engagement),
        institution=papers.ours(),
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
    """Every file of the record, under the clause of the step that brought it."""
    blobs = {blob.sha256: blob for blob in Blob.objects.filter(enterprise_id=archive.enterprise_id)}
    entries = (
        Entry.objects.filter(case=operation.case_of(archive)).order_by("case_n").prefetch_related("files")
    )
    return [
        IndexLine(name=blobs[one.sha256].name, clause=entry.clause, dated=entry.at.date(), sha256=one.sha256)
        for entry in entries
        for one in entry.files.all()
        if one.sha256 in blobs
    ]
