"""What was written to the client about where the engagement stands: first on the client's page, and on the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.engagement.case.states import OPEN, Stage
from keqiao.engagement.models import Engagement
from keqiao.faces.history import told
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock
from keqiao.kernel.steps import operation

# How long each step's words hold. The words that end an engagement are kept with it, as `closed_reason`.
HOLD: dict[str, tuple[str, ...]] = {
    "request_correction": (Stage.CORRECTING,),
    "suspend_engagement": (Stage.SUSPENDED,),
    "resume_engagement": OPEN,
    "transfer_engagement": OPEN,
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a step wrote: `rows` are label and text; the words that end an engagement have no day and nobody beside them."""

    title: str
    rows: list[tuple[str, str]]
    at: datetime | None = None
    by: str = ""


def words(engagement: Engagement, entries: Iterable[Entry]) -> list[Words]:
    """The newest first, of the time since the engagement came to where it stands."""
    known = {op.name: op for op in operation.operations()}
    held = [
        entry
        for entry in entries
        if entry.subject_label == engagement._meta.label_lower
        and engagement.state in HOLD.get(entry.step, ())
        and clock.day_of(entry.at) >= engagement.stage_since
    ]
    said = [
        Words(title=str(known[entry.step].label), at=entry.at, by=entry.by, rows=rows)
        for entry in held
        if (rows := _rows(entry, known))  # none where they were erased
    ]
    return [*_end(engagement), *said]


def _rows(entry: Entry, known: Any) -> list[tuple[str, str]]:
    try:
        return told(entry, known[entry.step])
    except CorruptData as damage:  # said in its place; the page stays
        return [("", str(damage.message))]


def _end(engagement: Engagement) -> list[Words]:
    if not engagement.closed_reason:
        return []
    rows = [("", engagement.closed_reason)]
    return [Words(title=str(Engagement._meta.get_field("closed_reason").verbose_name), rows=rows)]
