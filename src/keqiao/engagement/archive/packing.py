"""The archive pack of one engagement, put together from its record, its files and its papers."""

import hashlib
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.template.loader import render_to_string
from django.utils import translation

from keqiao.documents.pdf import render_pdf
from keqiao.engagement.archive.operations.archive import keep_archive_pack
from keqiao.engagement.archive.own_names import own_names
from keqiao.engagement.archive.papers.archive import cover as cover_of
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.delivery.models.delivery import Archive
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob, Entry, EntryFile
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.record import sealing
from keqiao.kernel.record.pack import write_pack
from keqiao.kernel.steps import operation, pack_parts


def make_pack(engagement: Engagement) -> Archive:
    """Seal what was done, write the pack, keep it in the vault and record its hash. A second call changes nothing."""
    archive = Archive.objects.select_related("engagement__enterprise", "engagement__item").get(
        engagement=engagement
    )
    if archive.blob_id:
        return archive
    sealing.seal(now=clock.now())
    with tempfile.TemporaryDirectory() as folder:
        path = build(archive, Path(folder) / f"archive-{archive.number}.zip")
        with path.open("rb") as content:
            blob = vault.store(
                file=File(content), name=path.name, enterprise_id=archive.enterprise_id, level=archive.level,
                actor_id=None, made_here="zip",  # it carries verify.py, which no upload may
            )  # fmt: skip
    newest = sealing.newest_seal()
    assert newest is not None  # something was just sealed
    return keep_archive_pack(archive=archive, actor=SYSTEM, blob=blob, seal=newest.number)  # type: ignore[no-any-return]


def build(archive: Archive, target: Path) -> Path:
    """The pack holds what the modules declare as its parts (`kernel/steps/pack_parts.py`)."""
    with translation.override("zh-hans"):  # a pack reads in the standard's language, whoever made it
        cases = pack_parts.cases_of(archive.engagement)
        papers = pack_parts.documents_of(archive.engagement)
        return write_pack(
            target=target,
            title=f"{archive.number} {archive.engagement}",
            records=Entry.objects.filter(case__in=cases),
            files=[
                (blob.sha256, blob.name, partial(vault.open_blob, blob)) for blob in files_of(archive, cases)
            ],
            documents=[(name, content, hashlib.sha256(content).hexdigest()) for name, content in papers],
            index_html=render_to_string(
                "engagement/archive_index.html", index_context(archive, cases)
            ).encode(),
            facts=facts(archive),
        )


def own_case(engagement: Engagement) -> list[str]:
    return [operation.case_of(engagement)]


def cover(engagement: Engagement) -> list[tuple[str, bytes]]:
    archive = engagement.archives.get()
    return [(f"归档目录-{archive.number}.pdf", render_pdf(document=cover_of(archive)))]


def cases_pointed_at(engagement: Engagement) -> list[str]:
    """Of the records that accepted deliverables point at instead of a file."""
    rows = engagement.deliverables.filter(state=DeliverableState.ACCEPTED).order_by("pk")
    return [operation.case_of(deliverable.record) for deliverable in rows if deliverable.record is not None]


def files_of(archive: Archive, cases: list[str]) -> list[Blob]:
    """A file for each content that these cases name, under each name that they give it."""
    named = EntryFile.objects.filter(entry__case__in=cases).values_list("sha256", flat=True)
    blobs = Blob.objects.filter(enterprise_id__in=owners(archive), sha256__in=set(named)).order_by("pk")
    return own_names(blobs, cases).files


def owners(archive: Archive) -> list[int]:
    """The enterprise and the records merged into it: files stay under the key they were sealed with."""
    merged = archive.engagement.enterprise.merged.values_list("pk", flat=True)
    return [archive.enterprise_id, *merged]


def facts(archive: Archive) -> dict[str, Any]:
    engagement = archive.engagement
    return {
        "archive": archive.number,
        "engagement": engagement.number,
        "enterprise": engagement.enterprise.name,
        "credit_code": engagement.enterprise.uscc,
        "service": f"{engagement.item.code} {engagement.item.name}",
    }


def index_context(archive: Archive, cases: list[str]) -> dict[str, Any]:
    labels = {op.name: str(op.label) for op in operation.operations()}
    entries = [
        {
            "n": e.case_n,
            "at": e.at,
            "actor": e.by,
            "label": labels.get(e.step, e.step),
            "clause": e.clause,
        }
        for case in cases
        for e in Entry.objects.filter(case=case).order_by("case_n")
    ]
    return {
        "archive": archive,
        "engagement": archive.engagement,
        "summary": archive.engagement.archive_summaries.first(),
        "entries": entries,
        "files": [
            {"name": blob.name, "sha256": blob.sha256, "size": blob.size} for blob in files_of(archive, cases)
        ],
    }
