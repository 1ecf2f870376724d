"""The job that applies an import: rows are made ready in small transactions, then written in one.

What takes long (reading, judging, the words for the search) is done before the database is held, a thousand rows at a
time, with the count for the page beside it. Only the last step writes the rows of the list: all of them or none. So it
can be stopped, killed or delivered twice at any moment, and nobody meets half a list. What was made ready and isn't
needed any more goes as it came, a thousand rows at a time.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from keqiao.accounts.models import User
from keqiao.imports.lists import Known, Listed
from keqiao.imports.models import Import, StagedRow
from keqiao.imports.operations.checking import name_of
from keqiao.imports.operations.judging import batches, opened
from keqiao.imports.operations.laying import clear, lay, tidy
from keqiao.imports.operations.turns import apply_import, give_up_import
from keqiao.imports.rows import Row
from keqiao.imports.states import ImportState
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal
from keqiao.kernel.steps import operation

SILENCE = timedelta(minutes=2)  # after which whoever held an import is taken for dead


class Let(Exception):  # noqa: N818 - an end, not a fault
    """The import was stopped, or another worker has taken it over."""


class Busy(Exception):  # noqa: N818 - an answer: come again later
    """Another worker is at it."""


def run_import(*, pk: int) -> None:
    """Apply a queued import; where it no longer waits, only what is left of it is removed. Raises Busy while another worker is
    at it."""
    holder = take(pk=pk, now=clock.now())
    if holder is not None:
        _apply(pk, holder)
    tidy(pk=pk)


def _apply(pk: int, holder: str) -> None:
    source = Import.objects.select_related("blob", "asked_by").get(pk=pk)
    try:
        for _done in stage(source=source, holder=holder):
            pass
        write(source=source, holder=holder)
    except Let:
        return
    except Refusal as refusal:
        _give_up(source, holder, str(refusal))


def take(*, pk: int, now: datetime) -> str | None:
    """Hold the import by compare-and-set. What a dead worker made ready is thrown away."""
    holder = secrets.token_hex(16)
    waiting = Import.objects.filter(pk=pk, state=ImportState.QUEUED)
    free = Q(beat_at__isnull=True) | Q(beat_at__lt=now - SILENCE) | Q(beat_at__gt=now + SILENCE)
    if waiting.filter(free).update(holder=holder, beat_at=now, done=0):
        clear(pk=pk)
        return holder
    if waiting.exists():
        raise Busy
    return None


def _beat(source: Import, holder: str, **changes: int) -> None:
    """A sign of life; raises Let when the import is no longer this worker's."""
    mine = Import.objects.filter(pk=source.pk, state=ImportState.QUEUED, holder=holder)
    if not mine.update(beat_at=clock.now(), **changes):
        raise Let


def _still_may(source: Import) -> User:
    """Who asked for it, with the rights of this moment."""
    person = User.objects.get(pk=source.asked_by_id or 0)
    seen = policy.visible(Import, person).filter(pk=source.pk).exists()
    if not (person.is_active and seen and apply_import.permission(person, source)):
        raise NotAllowed(
            _("“%(name)s” may no longer import such lists.") % {"name": person.name},
            remedy=_("Someone who may applies it again; nothing was written."),
        )
    return person


def stage(*, source: Import, holder: str) -> Iterator[int]:
    """Make the rows ready, a batch after the other; yields how many are done."""
    done, wrong, listed = 0, 0, source.listed
    person = _still_may(source)
    with opened(source, person) as rows:
        for batch, known in batches(rows, listed, person):
            sound = [line for line in batch if not line.errors] if source.sound_only else batch
            _refuse_wrong(sound)
            ready = [row for line in sound if (row := _ready(source, listed, line, known)) is not None]
            done, wrong = done + len(batch), wrong + len(batch) - len(sound)
            with transaction.atomic():
                _beat(source, holder, done=done, wrong=wrong)
                lay(source, ready, person)
                StagedRow.objects.bulk_create(ready)
            yield done
            _still_may(source)


def _refuse_wrong(batch: list[Row]) -> None:
    """What was right at the dry run need not be right now."""
    for row in batch:
        for column, value, text in row.errors:
            where = {"row": row.number, "column": column, "value": value, "text": text}
            raise Invalid(
                _("Row %(row)s, %(column)s, “%(value)s”: %(text)s") % where,
                remedy=_("Something changed after the check. Import the file again; nothing was written."),
            )


def _ready(source: Import, listed: Listed, row: Row, known: Known) -> StagedRow | None:
    """What is to be written for a row; None where it says what is there already."""
    key = listed.shape.key_of(row) or ()
    there = known.get(key)
    if there is None:
        words = _words(listed, listed.model(), row.values)
        return StagedRow(source=source, key=key, values=row.values, words=words)
    values = listed.differences(there, row.values)
    if not values:
        return None
    facts = {"object_id": there.pk, "version": there.version, "values": values}
    return StagedRow(source=source, key=key, words=_words(listed, there, values), **facts)


def _words(listed: Listed, item: Any, values: dict[str, Any]) -> str:
    for name, value in listed.typed(values).items():
        setattr(item, listed.fields[name].attname, value)
    return listed.writer.words_of(item)


@transaction.atomic
def write(*, source: Import, holder: str) -> None:
    """The last step, in the name of who asked, with their rights of this moment."""
    _beat(source, holder)
    operation.get(name_of("finish", source.list_slug))(source=source, actor=_still_may(source))


@transaction.atomic
def _give_up(source: Import, holder: str, reason: str) -> None:
    mine = Import.objects.filter(pk=source.pk, state=ImportState.QUEUED, holder=holder)
    if mine.select_for_update().exists():
        give_up_import(source=source, actor=SYSTEM, reason=reason)
