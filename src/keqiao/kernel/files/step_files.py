"""Which files a running step touches: what it stores, and what stands among its values. Their hashes enter its entry."""

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from keqiao.kernel.models.vault import Blob

_stored: ContextVar[list[tuple[object, str]] | None] = ContextVar(
    "files stored by the running step", default=None
)


@contextmanager
def collected() -> Iterator[list[tuple[object, str]]]:
    """What is stored meanwhile: each file as it was given to the vault, and its SHA-256. A step inside a step has its own."""
    stored: list[tuple[object, str]] = []
    token = _stored.set(stored)
    try:
        yield stored
    finally:
        _stored.reset(token)


def note(*, file: object, sha256: str) -> None:
    """The vault says what it took; outside a step nobody listens."""
    stored = _stored.get()
    if stored is not None:
        stored.append((file, sha256))


def among(value: Any) -> Iterator[Blob | UploadedFile]:
    """The files of one value or of many, in rows as well."""
    match value:
        case Blob() | UploadedFile():
            yield value
        case Mapping():
            for item in value.values():
                yield from among(item)
        case list() | tuple():
            for item in value:
                yield from among(item)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                yield from among(getattr(value, field.name))


def hashes_of(values: Mapping[str, Any]) -> list[str]:
    """SHA-256 of each file among the values. Taken before the step: its body may close what it was given."""
    return [file.sha256 if isinstance(file, Blob) else digest_of(file) for file in among(values)]


def digest_of(file: "File[Any]") -> str:
    """SHA-256 of the content from its beginning, where the file is left again."""
    digest = hashlib.sha256()
    for block in file.chunks():  # from the beginning
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
