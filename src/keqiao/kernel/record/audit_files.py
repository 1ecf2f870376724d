"""The vault against record and database: every file that is named is there and is what was sealed, and none else."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from keqiao.kernel.files import vault, vault_disk
from keqiao.kernel.files.file_errors import CorruptData, MissingFile, MissingKey, StoreFault
from keqiao.kernel.models import Blob, EntryFile
from keqiao.kernel.platform import clock
from keqiao.kernel.record.findings import Finding


def files() -> Iterator[Finding]:
    """Reads the whole vault. A content is read once, however many rows share it."""
    read: dict[tuple[object, ...], str] = {}
    named = EntryFile.objects.filter(sha256=OuterRef("sha256"))
    for blob in Blob.objects.annotate(named=Exists(named)).order_by("pk").iterator():
        same = (blob.path, blob.sha256, blob.size, blob.key_version, blob.enterprise_id)
        if same not in read:
            read[same] = _fault(blob)
        if read[same]:
            yield Finding(read[same], f"file {blob.pk} ({blob.path})")
        if not blob.named:
            yield Finding("file_unnamed", f"file {blob.pk} ({blob.path})")
    yield from _gone()
    yield from _extra()


def _fault(blob: Blob) -> str:
    try:
        digest = vault.digest_of(blob)
    except MissingFile:
        return "file_gone"
    except (CorruptData, MissingKey, StoreFault):
        return "file_damaged"
    return "" if digest == blob.sha256 else "file_swapped"


def _gone() -> Iterator[Finding]:
    """What the record names and no row of the database knows."""
    there = Blob.objects.filter(sha256=OuterRef("sha256"))
    lost = EntryFile.objects.filter(~Exists(there)).order_by("pk").select_related("entry")
    yield from (Finding("file_gone", f"{row.entry}: {row.sha256}") for row in lost)


def _extra() -> Iterator[Finding]:
    """Only what is older than any transaction: a file may be there before its row."""
    named = set(Blob.objects.values_list("path", flat=True))
    for path in sorted(vault_disk.files_before(moment=clock.now() - vault.ORPHAN_AGE)):
        if path not in named:
            yield Finding("file_extra", path)
