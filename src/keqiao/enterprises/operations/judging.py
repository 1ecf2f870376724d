"""Rows of a list against what is there: shared by the dry run, the job that applies it, and its last step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from keqiao.enterprises.importing import Checked, Rows
from keqiao.enterprises.models import Enterprise, Import
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.sheets import rows_of
from keqiao.kernel.files import vault
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.actors import Actor

BATCH = 1000
FIELDS = ("name", "region", "industry", "size", "registered_on", "address", "representative")
WRITTEN = (*FIELDS, "version", "updated_at")
Known = dict[str, Enterprise]


@contextmanager
def opened(source: Import) -> Iterator[Rows]:
    """The rows, read as they are asked for; nothing of the file lies anywhere in the clear."""
    with vault.open_blob(source.blob) as content:
        yield Rows(rows_of(content))


def batches(rows: Rows, actor: Actor) -> Iterator[tuple[list[Checked], Known]]:
    """Rows by the thousand, judged against what is there at this moment."""
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        codes = [row.values["uscc"] for row in batch if "uscc" in row.values]
        there = Enterprise.objects.filter(uscc__in=codes).select_related("merged_into").order_by("pk")
        known = {one.uscc: one for one in there}
        for row in batch:
            _judge(row, known.get(row.values.get("uscc", "")), actor)
        yield batch, known


def _judge(row: Checked, there: Enterprise | None, actor: Actor) -> None:
    if there is None:
        return
    stays = there.merged_into
    if there.level > actor.clearance or (stays is not None and stays.level > actor.clearance):
        row.refuse("uscc", there.uscc, str(is_responsible.reason))  # the name of neither is told
    elif stays is not None:
        text = _("This record was merged into “%(name)s”; use its code.") % {"name": stays.name}
        row.refuse("uscc", there.uscc, text)
    elif differences(there, row.values) and not is_responsible(actor, there):
        row.refuse("uscc", there.uscc, str(is_responsible.reason))


def differences(there: Enterprise, values: dict[str, str]) -> dict[str, Any]:
    """Cells that say something other than what is there; an empty cell says nothing."""
    given = {name: typed(name, text) for name, text in values.items() if name in FIELDS}
    return {name: value for name, value in given.items() if getattr(there, name) != value}


def typed(name: str, given: Any) -> Any:
    return date.fromisoformat(given) if name == "registered_on" and isinstance(given, str) else given


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps them."""
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in values.items()}


def change(there: Enterprise, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(there, name, typed(name, value))
    there.version += 1
    there.updated_at = clock.now()
