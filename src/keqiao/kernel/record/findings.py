"""What a check of the record can find, in words."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "unguarded": _(
        "is not guarded by its triggers as they were laid: somebody with rights on the database did this"
    ),
    "edited": _("was edited: the columns do not say what the header says"),
    "leaf": _("was edited: the header is not the one that was hashed"),
    "place": _("is not the entry that was sealed at this place"),
    "removed": _("was removed: the log has a place without an entry"),
    "unsealed": _("has a place in the log, but no seal covers it: a seal was removed"),
    "gap": _("does not follow the entry before it in its case: one was removed or moved"),
    "counter": _("has a counter that does not fit its entries: the last ones were cut off"),
    "payload": _("has a payload that is not the one recorded"),
    "lost": _("has no payload, and no entry says that it was erased"),
    "files": _("names other files than its header"),
    "services": _("names other services than its header"),
    "stray": _("belongs to an entry that is not there"),
    "pin": _(
        "is the first key of the log, and not the one that is pinned outside the database: the log was rebuilt"
    ),
    "key": _(
        "is a key that its predecessor did not vouch for in this form, and that follows no loss noted on this machine"
    ),
    "term": _("is a key whose end is not the beginning of the next"),
    "seal": _("was edited: the columns do not say what was signed"),
    "keyless": _("names a key that is not in the database"),
    "signature": _("carries a signature that does not hold"),
    "turn": _("is signed by a key whose turn it was not, or is older than the seal before"),
    "chain": _("does not name the seal before it: one was removed or rewritten"),
    "root": _("does not cover the entries that are there now"),
    "tiles": _("entries: the stored tree does not lead to the root of the newest seal, or is longer than it"),
    "receipt": _(
        "was given out, and is not in the log: the log was rebuilt, cut off, or an old one put back"
    ),
    "newest": _(
        "was made on this machine, and is not in the log: the log was rebuilt, cut off, or an old one put back"
    ),
    "foreign": _("is a receipt that no key of this log signed"),
    "row": _("says something else than the last step that wrote it left there"),
    "rowless": _("is gone, and no step removed it"),
    "unwritten": _("was written by no step"),
    "rows": _("names other rows than its header"),
    "file_gone": _("is not in the vault, and the record or a row of the database names it"),
    "file_damaged": _("was changed in the vault: it is not the content that was sealed"),
    "file_swapped": _("has a row in the database that names another content than it holds"),
    "file_extra": _("lies in the vault, and no row of the database names it"),
    "file_unnamed": _("is named by no entry of the record"),
}


@dataclass(frozen=True)
class Finding:
    code: str
    where: str

    @property
    def message(self) -> str:
        return str(FAULTS[self.code])


def parsed(text: str) -> dict[str, Any]:
    """The object written there, empty for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
