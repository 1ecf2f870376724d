"""The archive packs of one engagement, put together from its record, its files and its papers.

There are two: one for the staff who may read the engagement, one for its client. Each is opened by the row of the archive, so
what goes into it is gathered with its reader's eyes (decision 0105).
"""

import hashlib
import tempfile
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from keqiao.accounts.models import Kind, Role, User
from keqiao.documents.pdf import render_pdf
from keqiao.engagement.archive.operations.archive import keep_archive_pack
from keqiao.engagement.archive.own_names import OwnNames, own_names
from keqiao.engagement.archive.papers.archive import cover as cover_of
from keqiao.engagement.archive.service_line import service_line
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.delivery.models.delivery import Archive
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob, Entry, EntryFile
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import SYSTEM, Reader
from keqiao.kernel.record import sealing
from keqiao.kernel.record.pack import write_pack
from keqiao.kernel.steps import operation, pack_parts
from keqiao.kernel.steps.file_owners import open_files
from keqiao.kernel.steps.withheld import withheld


def make_packs(engagement: Engagement) -> Archive:
    """Seal what was done, write both packs, keep them in the vault and record their hashes. A second call changes nothing;
    an archive of the time when there was one pack gets the client's."""
    archive = Archive.objects.select_related("engagement__enterprise", "engagement__item").get(
        engagement=engagement
    )
    if archive.client_blob_id:
        return archive
    sealing.seal(now=clock.now())
    inner = archive.blob or kept(archive, f"archive-{archive.number}.zip", reader=staff(engagement))
    clients = kept(archive, f"archive-{archive.number}-client.zip", reader=client(engagement))
    newest = sealing.newest_seal()
    assert newest is not None  # something was just sealed
    return keep_archive_pack(  # type: ignore[no-any-return]
        archive=archive, actor=SYSTEM, blob=inner, client_blob=clients, seal=newest.number
    )


def kept(archive: Archive, name: str, *, reader: Reader) -> Blob:
    with (
        tempfile.TemporaryDirectory() as folder,
        build(archive, Path(folder) / name, reader).open("rb") as pack,
    ):
        return vault.store(
            file=File(pack), name=name, enterprise_id=archive.enterprise_id, level=archive.level,
            actor_id=None, made_here="zip",  # it carries verify.py, which no upload may
        )  # fmt: skip


def staff(engagement: Engagement) -> Reader:
    """Who is in charge, cleared for this engagement and no more: nobody who may open the inner pack sees less."""
    return Reader(
        kind=Kind.STAFF,
        clearance=engagement.level,
        pk=engagement.consultant_id,
        roles=frozenset({Role.CONSULTANT}),
    )


def client(engagement: Engagement) -> Reader:
    return Reader(kind=Kind.CLIENT, clearance=0, enterprise_id=engagement.enterprise_id)


def build(archive: Archive, target: Path, reader: Reader) -> Path:
    """The pack holds what the modules declare as its parts (`kernel/steps/pack_parts.py`), as far as `reader` may."""
    with translation.override("zh-hans"):  # a pack reads in the standard's language, whoever made it
        gathered = Gathered(archive, reader)
        papers = pack_parts.documents_of(archive.engagement, reader=reader)
        return write_pack(
            target=target,
            title=f"{archive.number} {archive.engagement}",
            records=gathered.entries,
            files=[(blob.sha256, blob.name, partial(vault.open_blob, blob)) for blob in gathered.files],
            documents=[(name, content, hashlib.sha256(content).hexdigest()) for name, content in papers],
            index_html=render_to_string("engagement/archive_index.html", index_context(gathered)).encode(),
            facts=facts(archive),
            withheld=gathered.withheld,
        )


@dataclass(frozen=True)
class Gathered:
    """What of the engagement's cases goes into the pack of `reader`."""

    archive: Archive
    reader: Reader

    @cached_property
    def entries(self) -> "QuerySet[Entry]":
        return Entry.objects.filter(case__in=pack_parts.cases_of(self.archive.engagement))

    @cached_property
    def withheld(self) -> frozenset[int]:
        """The client's pack lies in the house too, so it holds nothing that is closed to the staff who may open it."""
        return frozenset().union(
            *(withheld(self.entries, reader=reader, own=self._own(reader)) for reader in self._readers)
        )

    @property
    def files(self) -> list[Blob]:
        return self.names.files

    @cached_property
    def names(self) -> OwnNames:
        """Each content under each of its names here: what a row open to the reader refers to; for staff also what was replaced
        since, where the entry that names it is in the pack."""
        named = EntryFile.objects.filter(entry__in=self.entries).values_list("entry_id", "sha256")
        contents = {sha256 for _entry, sha256 in named}
        open_to = [
            list(open_files(reader, contents=contents, enterprises=self.owners)) for reader in self._readers
        ]
        shared = set.intersection(*({blob.sha256 for blob in blobs} for blobs in open_to))
        files = [blob for blob in open_to[0] if blob.sha256 in shared]
        if self.reader.kind == Kind.STAFF:
            told = {sha256 for entry, sha256 in named if entry not in self.withheld} - shared
            files += Blob.objects.filter(enterprise_id__in=self.owners, sha256__in=told).order_by("pk")
        return own_names(files, pack_parts.cases_of(self.archive.engagement))

    @cached_property
    def owners(self) -> list[int]:
        """The enterprise and the records merged into it: files stay under the key they were sealed with."""
        merged = self.archive.engagement.enterprise.merged.values_list("pk", flat=True)
        return [self.archive.enterprise_id, *merged]

    @property
    def _readers(self) -> list[Reader]:
        inner = staff(self.archive.engagement)
        return [self.reader] if self.reader == inner else [self.reader, inner]

    def _own(self, reader: Reader) -> frozenset[int]:
        """The client's people have their own words back."""
        if reader.kind != Kind.CLIENT:
            return frozenset()
        people = User.objects.filter(kind=Kind.CLIENT, enterprise_id=self.archive.enterprise_id)
        return frozenset(people.values_list("pk", flat=True))


def own_case(engagement: Engagement) -> list[str]:
    return [operation.case_of(engagement)]


def cover(engagement: Engagement, reader: Reader) -> list[tuple[str, bytes]]:
    archive = engagement.archives.get()
    document = cover_of(archive, line=service_line(engagement, reader), names=Gathered(archive, reader).names)
    return [(f"归档目录-{archive.number}.pdf", render_pdf(document=document))]


def cases_pointed_at(engagement: Engagement) -> list[str]:
    """Of the records that accepted deliverables point at instead of a file."""
    rows = engagement.deliverables.filter(state=DeliverableState.ACCEPTED).order_by("pk")
    return [operation.case_of(deliverable.record) for deliverable in rows if deliverable.record is not None]


def facts(archive: Archive) -> dict[str, Any]:
    engagement = archive.engagement
    return {
        "archive": archive.number,
        "engagement": engagement.number,
        "enterprise": engagement.enterprise.name,
        "credit_code": engagement.enterprise.uscc,
        "service": f"{engagement.item.code} {engagement.item.name}",
    }


def index_context(gathered: Gathered) -> dict[str, Any]:
    labels = {op.name: str(op.label) for op in operation.operations()}
    archive = gathered.archive
    entries = [
        {
            "n": e.case_n,
            "at": e.at,
            "actor": e.by,
            "label": labels.get(e.step, e.step),
            "clause": e.clause,
            "withheld": e.pk in gathered.withheld,
        }
        for e in gathered.entries.order_by("case", "case_n")
    ]
    return {
        "archive": archive,
        "engagement": archive.engagement,
        "summary": service_line(archive.engagement, gathered.reader),
        "entries": entries,
        "withheld": len(gathered.withheld),
        "files": [{"name": blob.name, "sha256": blob.sha256, "size": blob.size} for blob in gathered.files],
    }
