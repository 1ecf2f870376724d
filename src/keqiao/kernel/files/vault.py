"""The file vault: what comes in is judged by its bytes and sealed; what goes out is checked while it is read.

Who may read a blob is not decided here: callers get blobs through the policy. The same content from the same
enterprise is kept once (two uploads at the same moment may leave two copies, which harms nothing); across
enterprises never, and the path on disk is an HMAC under the enterprise's index key, so the folder tells
nothing of the content.
"""

import hashlib
import hmac
import io
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from keqiao.kernel.files import filetypes, step_files, vault_disk
from keqiao.kernel.files.file_errors import CorruptData, FileRefused, FileTooLarge, StoreFault
from keqiao.kernel.files.filenames import clean_name, with_extension
from keqiao.kernel.files.keys import current_key, has_key
from keqiao.kernel.files.sealed_stream import CHUNK, SALT, OpenedFile, seal_stream, sealed_size
from keqiao.kernel.models.vault import Blob, Purpose

ORPHAN_AGE = timedelta(hours=24)  # longer than any transaction: its file may be there before its row


@dataclass(frozen=True)
class Place:
    """Where sealed content lies, and under which version of its enterprise's key."""

    sha256: str
    path: str
    key_version: int


def store(
    *,
    file: "BinaryIO | File[Any]",
    name: str,
    enterprise_id: int | None,
    level: int,
    actor_id: int | None,
    kinds: frozenset[str] = filetypes.DEFAULT,
    made_here: str = "",
    sealed: Place | None = None,
) -> Blob:
    """Judge, seal and keep a file; one the system made itself is of the kind `made_here` and not judged, and may have been
    `sealed` ahead. Its hash enters the record of the running step. Raises FileRefused, or StoreFault when the store fails."""
    try:
        name, source = clean_name(name), _seekable(file)
        kind = filetypes.KINDS[made_here] if made_here else filetypes.identify(file=source, kinds=kinds)
    except FileRefused as refused:
        refused.value = file
        raise
    digest, size = _measure(source)  # identify() left it at its beginning
    place = sealed if sealed and sealed.sha256 == digest else _keep(source, enterprise_id, digest)
    with transaction.atomic():
        twin = _twins(enterprise_id, digest).select_for_update().first()
        place = place or _place_of(twin) or _write(source, enterprise_id, digest)
        blob = Blob.objects.create(
            enterprise_id=enterprise_id,
            level=level,
            sha256=digest,
            size=size,
            kind=kind.key,
            media_type=kind.media_type,
            name=with_extension(name=name, extensions=kind.extensions),
            key_version=place.key_version,
            path=place.path,
            created_by_id=actor_id,
        )
    step_files.note(file=file, sha256=digest)
    return blob


def seal_ahead(*, content: bytes, enterprise_id: int | None) -> Place | None:
    """Seal what the system made before a step holds the database; without the row that a step writes it is swept away. None
    for an enterprise that has no key yet: making one belongs to the step."""
    if not has_key(enterprise_id=enterprise_id):
        return None
    source = io.BytesIO(content)
    digest, _size = _measure(source)
    return _place_of(_twins(enterprise_id, digest).first()) or _write(source, enterprise_id, digest)


def open_blob(blob: Blob) -> BinaryIO:
    """The content, as a stream that raises CorruptData rather than give out a byte not sealed here."""
    sealed = vault_disk.open_file(path=blob.path)
    try:
        content = io.BufferedReader(_opened(sealed, blob), CHUNK)
        content.peek(1)  # a damaged beginning is said before anything was answered
    except StoreFault:
        sealed.close()
        raise
    return content


def check_blob(blob: Blob) -> None:
    """Read it all; raises when it is not the content the row names."""
    if digest_of(blob) != blob.sha256:
        raise CorruptData(where=blob.path)


def digest_of(blob: Blob) -> str:
    """SHA-256 of the content as it now opens."""
    with open_blob(blob) as content:
        return _measure(content)[0]


def sweep_orphans(*, now: datetime, age: timedelta = ORPHAN_AGE) -> int:
    """Remove old files no row refers to: drafts of a crash, files of a transaction that was rolled back."""
    removed = 0
    old = vault_disk.files_before(moment=now - age)
    while paths := set(islice(old, 500)):
        orphans = paths.difference(Blob.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in orphans:
            vault_disk.remove_file(path=path)
        removed += len(orphans)
    return removed


def _seekable(file: "BinaryIO | File[Any]") -> BinaryIO:
    """The file itself, or a copy in memory (never in a temporary file: it would lie there in the clear)."""
    if file.seekable():
        file.seek(0)
        return cast(BinaryIO, file)
    content = file.read(settings.MAX_FILE_BYTES + 1)
    if len(content) > settings.MAX_FILE_BYTES:
        raise FileTooLarge(limit=settings.MAX_FILE_BYTES // 2**20)
    return io.BytesIO(content)


def _measure(source: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(CHUNK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _opened(sealed: BinaryIO, blob: Blob) -> OpenedFile:
    """A file shortened or lengthened is noticed at once, and not when half of it has been sent."""
    if vault_disk.file_size(sealed) != sealed_size(blob.size):
        raise CorruptData(where=blob.path)
    return OpenedFile(
        sealed=sealed, path=blob.path, enterprise_id=blob.enterprise_id, version=blob.key_version
    )


def _twins(enterprise_id: int | None, digest: str) -> QuerySet[Blob]:
    return Blob.objects.filter(enterprise_id=enterprise_id, sha256=digest).order_by("pk")


def _keep(source: BinaryIO, enterprise_id: int | None, digest: str) -> Place | None:
    """Seal before the row's transaction opens: a large file must not hold the database."""
    twin = _twins(enterprise_id, digest).first()
    return None if _place_of(twin) else _write(source, enterprise_id, digest)


def _place_of(twin: Blob | None) -> Place | None:
    """Where the twin's content lies, unless it was lost: then this upload brings it back."""
    if twin is None or not vault_disk.exists(path=twin.path):
        return None
    return Place(twin.sha256, twin.path, twin.key_version)


def _write(source: BinaryIO, enterprise_id: int | None, digest: str) -> Place:
    key = current_key(enterprise_id=enterprise_id)
    path = _path(enterprise_id, digest)
    source.seek(0)

    def fill(target: BinaryIO) -> None:
        seal_stream(source=source, target=target, key=key, path=path, salt=secrets.token_bytes(SALT))

    vault_disk.write_file(path=path, fill=fill)
    return Place(digest, path, key.version)


def _path(enterprise_id: int | None, digest: str) -> str:
    """Addressed by content under the enterprise's index key; the random end keeps two writers apart."""
    index_key = current_key(enterprise_id=enterprise_id, purpose=Purpose.INDEX)
    secret = index_key.derive(info="file paths", length=32)
    address = hmac.new(secret, digest.encode(), "sha256").hexdigest()
    return f"{address[:2]}/{address}-{secrets.token_hex(4)}"
