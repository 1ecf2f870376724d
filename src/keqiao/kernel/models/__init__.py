from keqiao.kernel.models.calendar import Holiday, HolidayYear
from keqiao.kernel.models.idempotency import IdempotencyKey
from keqiao.kernel.models.journal import CaseCounter, Entry, EntryFile, EntryRow, EntryService, Payload
from keqiao.kernel.models.lookups import Among
from keqiao.kernel.models.numbering import Counter, NumberFormat
from keqiao.kernel.models.outbox import Outbox, TimedJob
from keqiao.kernel.models.seals import Seal, SealKey, Tile
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.models.shared import SharedNote
from keqiao.kernel.models.vault import Blob, EnterpriseKey

__all__ = [
    "Among",
    "Blob",
    "CaseCounter",
    "Counter",
    "EnterpriseKey",
    "Entry",
    "EntryFile",
    "EntryRow",
    "EntryService",
    "Holiday",
    "HolidayYear",
    "IdempotencyKey",
    "NumberFormat",
    "Outbox",
    "Payload",
    "Seal",
    "SealKey",
    "SearchDocument",
    "SharedNote",
    "Tile",
    "TimedJob",
]
