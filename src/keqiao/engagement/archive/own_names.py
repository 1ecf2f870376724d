"""What the files of a pack are called: each by the name that its own record gave it.

One content may have come under several names, in this engagement and in others of the enterprise. Those of the rows that the
pack's cases are about count; only where none of them holds the file any more is it called as it was first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from keqiao.kernel.models import Blob, Entry
from keqiao.kernel.steps.file_owners import owners
from keqiao.kernel.steps.operation import case_of

Row = tuple[str, int]  # the kind and the number of a row, as entries name their subject


@dataclass(frozen=True)
class OwnNames:
    files: list[Blob]  # each content once under each of its names
    of_rows: dict[tuple[Row, str], str]  # by row and content

    def of(self, sha256: str, entry: Entry) -> str:
        """As the row that the entry is about calls it, else all names it has here."""
        row = entry.subject_label, entry.subject_id
        every = (blob.name for blob in self.files if blob.sha256 == sha256)
        return self.of_rows.get((row, sha256)) or "、".join(every)


def own_names(blobs: Iterable[Blob], cases: Collection[str]) -> OwnNames:
    """`blobs` are all files of the contents that the cases name, oldest first."""
    by_pk = {blob.pk: blob for blob in blobs}
    of_rows: dict[tuple[Row, str], str] = {}
    names: defaultdict[str, dict[str, Blob]] = defaultdict(dict)
    for row, blob in _referring(by_pk, cases):
        of_rows[row, blob.sha256] = blob.name
        names[blob.sha256].setdefault(blob.name, blob)
    for blob in by_pk.values():
        if blob.sha256 not in names:
            names[blob.sha256] = {blob.name: blob}
    files = sorted((blob for named in names.values() for blob in named.values()), key=lambda blob: blob.pk)
    return OwnNames(files, of_rows)


def _referring(by_pk: dict[int, Blob], cases: Collection[str]) -> Iterable[tuple[Row, Blob]]:
    for model, name in owners():
        rows: Any = model._default_manager.filter(**{f"{name}__in": list(by_pk)}).order_by("pk")  # noqa: SLF001
        for row in rows:
            if case_of(row) in cases:
                yield (model._meta.label_lower, row.pk), by_pk[getattr(row, f"{name}_id")]
