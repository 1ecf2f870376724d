"""Checking the record where it lives: every row against its hash, every hash against the seals, every seal against keys
that are pinned outside the database.

Finds what was edited, removed, reordered, cut off or put in, and a log rebuilt by someone who has the database alone. A
log rebuilt by someone who holds the keys and this machine as well is sound in itself: only a seal kept elsewhere shows
it, so hand such seals in.
"""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from keqiao.kernel.record import (
    append_only,
    audit_entries,
    audit_files,
    audit_keys,
    audit_rows,
    pinned,
    take_up,
)
from keqiao.kernel.record.findings import FAULTS, Finding

__all__ = ["FAULTS", "Finding", "unchecked", "verify_log"]


def verify_log(*, receipts: Iterable[bytes] = (), key: str = "", files: bool = False) -> list[Finding]:
    """All that is wrong with the record; empty when it is whole and holds every receipt.

    `key` is the first key of the log as somebody has it from elsewhere, in hex; `files` reads the whole vault as well.
    """
    return [
        *(Finding("unguarded", table) for table in append_only.changed(connection)),
        *audit_keys.keys(trusted=key),
        *audit_keys.seals(),
        *audit_entries.entries(),
        *audit_rows.held_rows(),
        *audit_keys.receipts(receipts),
        *(audit_files.files() if files else ()),
    ]


def unchecked(*, receipts: int, key: str, files: bool) -> list[str]:
    """What such a check did not look at, in sentences."""
    return [
        sentence
        for lacks, sentence in (
            (
                not pinned.read().first and not key,
                _(
                    "No first key is pinned here (keqiao prepare does) and none was given with --key: a log rebuilt from its beginning with other keys would pass."
                ),
            ),
            (
                not take_up.has_begun(),
                _(
                    "The rows that were there before rows were held were not taken up (keqiao prepare does): of them only what a step wrote since is compared."
                ),
            ),
            (
                not receipts,
                _(
                    "No seal kept elsewhere was given with --receipt: what was rewritten with the keys of this machine would pass."
                ),
            ),
            (not files, _("The files of the vault were not read; --files does.")),
        )
        if lacks
    ]
