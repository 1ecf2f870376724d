"""Rows of a list against what is there: shared by the dry run and by the job that applies it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from keqiao.imports.lists import Known, Listed
from keqiao.imports.models import Import
from keqiao.imports.rows import Row, Rows
from keqiao.imports.sheets import rows_of
from keqiao.kernel.files import vault
from keqiao.kernel.platform.actors import Actor

BATCH = 1000


@contextmanager
def opened(source: Import, actor: Actor) -> Iterator[Rows]:
    """The rows, read as they are asked for; nothing of the file lies anywhere in the clear."""
    with vault.open_blob(source.blob) as content:
        yield Rows(rows_of(content), shape=source.listed.shape, actor=actor)


def batches(rows: Rows, listed: Listed, actor: Actor) -> Iterator[tuple[list[Row], Known]]:
    """Rows by the thousand, judged against what is there at this moment."""
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        keys = (key for row in batch if (key := listed.shape.key_of(row)))
        known, doubles = listed.known(keys, actor=actor)
        for row in batch:
            key = listed.shape.key_of(row)
            if key in doubles:
                text = _("More than one row has this %(key)s.") % {"key": listed.shape.key_label}
                row.refuse(listed.key[0], row.values[listed.key[0]], text)
            elif key is not None:
                _judge(row, known.get(key), listed, actor)
        yield batch, known


def _judge(row: Row, there: Any, listed: Listed, actor: Actor) -> None:
    before = len(row.errors)
    listed.declared.judge(row, there, actor)
    if len(row.errors) == before:
        listed.writer.judge(row, there, actor)
    if len(row.errors) > before or there is None or not listed.differences(there, row.values):
        return
    if why := listed.writer.may_change(actor, there):
        row.refuse(listed.key[0], row.values[listed.key[0]], why)
