"""Rows that no step wrote are taken into the record by an entry of the system's own, which says how many of what kind.

Once, all that was there when rows began to be held, and what the loaders of a new version add; after a migration, what it
changed; and every time before sealing, what is by its nature written outside of steps, such as security events. So whatever
is taken up from a database that somebody changed before stands in an entry that says so, and is not taken up in silence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Max, Model, OuterRef

from keqiao.kernel.files.keys import current_key
from keqiao.kernel.models import Blob, EnterpriseKey, Entry, EntryRow
from keqiao.kernel.models.vault import Purpose
from keqiao.kernel.platform import clock
from keqiao.kernel.record import journal, rows
from keqiao.kernel.record.locks import SEALING, hold

WAITED, ALL, MIGRATED, LOADED = (
    f"journal.take_up_{what}" for what in ("waiting_rows", "all_rows", "migrated_rows", "loaded_rows")
)
CASE = "record:rows"
MOST = 20_000  # rows an entry
LATE = 1_000  # on PostgreSQL a lower number may be committed after a higher one
_regular: list[type[Model]] = [Blob]


def regularly(model: type[Model]) -> None:
    """Rows of this model are written outside of steps, and held from the next sealing on."""
    rows.hold(model)
    _regular.append(model)


def is_regular(model: type[Model]) -> bool:
    return model in _regular


def what_waits() -> None:
    for model in _regular:
        last = EntryRow.objects.filter(kind=model._meta.label_lower).aggregate(last=Max("number"))["last"]
        _take_up(WAITED, {model: _unheld(model, above=(last or 0) - LATE)})


def has_begun() -> bool:
    """Whether all that was there has been taken up, so that from then on every row has a step that wrote it."""
    return Entry.objects.filter(operation=ALL).exists()


def all_rows() -> int:
    """Take up every row that no entry holds yet, once; how many. Lists of thousands are held once a step writes a row."""
    if has_begun():
        return 0
    models = [model for model in rows.held_models() if not getattr(model, "by_lists", False)]
    taken = sum(_take_up(ALL, {model: _unheld(model)}) for model in models)
    if not taken:  # nothing there yet: say that this is where it begins
        _write(ALL, {})
    return taken


def loaded(written: rows.Written) -> int:
    return sum(_take_up(LOADED, {model: sorted(ids)}) for model, ids in written.items())


def migrated(apps: Collection[str]) -> int:
    """Take up what the rows of these apps now say, where a migration changed it."""
    changed: dict[type[Model], list[int]] = defaultdict(list)
    for model in rows.held_models():
        if model._meta.app_label in apps:
            last = last_digests(model)
            changed[model] = [
                number
                for number, digest in rows.digests_of(model, model._base_manager.all())  # noqa: SLF001
                if last.get(number, digest) != digest
            ]
    return sum(_take_up(MIGRATED, {model: ids}) for model, ids in changed.items())


def last_digests(model: type[Model]) -> dict[int, str]:
    """Of each row what the last entry that wrote it left there, also under an old name of its kind."""
    held = EntryRow.objects.filter(kind__in=rows.names_of(model)).order_by("entry_id", "pk")
    return dict(held.values_list("number", "digest").iterator())


def _unheld(model: type[Model], above: int = 0) -> Iterator[int]:
    held = EntryRow.objects.filter(kind__in=rows.names_of(model), number=OuterRef("pk"))
    there = model._base_manager.filter(pk__gt=above).exclude(Exists(held))  # noqa: SLF001
    return iter(list(there.order_by("pk").values_list("pk", flat=True)))


def _take_up(operation: str, found: "Mapping[type[Model], Collection[int] | Iterator[int]]") -> int:
    taken = 0
    for model, ids in found.items():
        rest = iter(ids)
        while slice_ := set(islice(rest, MOST)):
            _write(operation, {model: slice_})
            taken += len(slice_)
    return taken


@transaction.atomic
def _write(operation: str, written: rows.Written) -> None:
    hold(SEALING)
    uid = current_key(enterprise_id=None, purpose=Purpose.INDEX).uid
    journal.record(
        operation=operation,
        clause="4.4.2",
        actor=None,
        subject=EnterpriseKey.objects.get(uid=uid),
        case=CASE,
        payload={"rows": {model._meta.label_lower: len(ids) for model, ids in written.items()}},
        written=written,
        at=clock.now(),
    )
