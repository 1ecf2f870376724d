"""The rows of business held by the record: the entry of a step seals what each row says that the step wrote.

Every `Record` is held unless its class says `held = False`, and what `hold` names besides. A running step notes what it
writes: whatever is saved or deleted by signals, what is written past them by `note`. At its end the rows are read again, and
their digests stand beside its entry (`EntryRow`), whose header seals their list. A digest is an HMAC under a key of the
institution: the header goes into packs, and nobody may guess an amount from it. Fields that are empty or as they are by
default don't count, so that a field added later changes no digest.
"""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save

from keqiao.kernel.files.keys import current_key
from keqiao.kernel.files.secrets import Sealed
from keqiao.kernel.models import Blob, Entry, EntryRow
from keqiao.kernel.models.base import Record
from keqiao.kernel.models.vault import Purpose
from keqiao.kernel.platform.aliases import MODELS
from keqiao.kernel.record.canonical import canonical, plain

Written = dict[type[Model], set[int]]
GONE = "-"  # in place of a digest: the step removed the row
_SLICE = 2000
_besides: list[type[Model]] = [Blob]
_written: ContextVar[Written | None] = ContextVar("rows written by the running step", default=None)


def hold(model: type[Model]) -> None:
    """Hold a model that is no `Record` as well; said when the app is loaded."""
    _besides.append(model)


def held_models() -> list[type[Model]]:
    """In the order of their labels."""
    records = [model for model in apps.get_models() if issubclass(model, Record) and model.held]
    return sorted({*records, *_besides}, key=lambda model: model._meta.label_lower)


def listen() -> None:
    """Have every save and deletion of a held row noted; once, when all modules are read."""
    for model in held_models():
        for signal in (post_save, post_delete):
            signal.connect(_heard, sender=model, dispatch_uid=f"held {model._meta.label}")


def _heard(instance: Model, **_signal: Any) -> None:
    note(instance)


def note(*rows: Model) -> None:
    """The running step wrote these; outside a step nobody listens. For what is written in bulk or by `update`."""
    written = _written.get()
    if written is not None:
        for row in rows:
            written[type(row)].add(row.pk)


def update(found: "QuerySet[Any]", **changes: Any) -> int:
    """`found.update(…)` inside a step: what it changes is noted."""
    written = _written.get()
    if written is not None:
        written[found.model].update(found.values_list("pk", flat=True))
    return found.update(**changes)


def note_held(items: Sequence[Model]) -> None:
    """The same for rows of a list of thousands: only those that an entry holds already."""
    for start in range(0, len(items), _SLICE):
        part = {item.pk: item for item in items[start : start + _SLICE]}
        for number in _held_among(type(items[0]), part):
            note(part[number])


def _held_among(model: type[Model], ids: Iterable[int]) -> set[int]:
    held = EntryRow.objects.filter(kind__in=names_of(model), number__in=list(ids))
    return set(held.values_list("number", flat=True))


def names_of(model: type[Model]) -> list[str]:
    """The name of its kind, and those it had before."""
    return [name.lower() for name in (model._meta.label, *MODELS.old.get(model._meta.label, ()))]


@contextmanager
def collected() -> Iterator[Written]:
    """Rows written meanwhile. A step inside a step has its own, and what it wrote is the outer one's as well."""
    outer, written = _written.get(), defaultdict[type[Model], set[int]](set)
    token = _written.set(written)
    try:
        yield written
    finally:
        _written.reset(token)
        for model, ids in written.items() if outer is not None else ():
            outer[model] |= ids  # type: ignore[index]


def digests(written: Mapping[type[Model], Collection[int]]) -> list[tuple[str, int, str]]:
    """Kind, number and digest of each held row, as it now is in the database; GONE for one that isn't there."""
    held = set(held_models())
    found = {model: sorted(ids) for model, ids in written.items() if model in held and ids}
    if not found:
        return []
    secret = _secret()
    return sorted(
        (model._meta.label_lower, number, digest)
        for model, ids in found.items()
        for start in range(0, len(ids), _SLICE)
        for number, digest in _read(model, ids[start : start + _SLICE], secret)
    )


def _read(model: type[Model], ids: list[int], secret: bytes) -> Iterator[tuple[int, str]]:
    there = dict(digests_of(model, model._base_manager.filter(pk__in=ids), secret))  # noqa: SLF001
    gone = [number for number in ids if number not in there]
    yield from there.items()
    yield from ((number, GONE) for number in _held_among(model, gone))


def digests_of(model: type[Model], rows: Any, secret: bytes | None = None) -> Iterator[tuple[int, str]]:
    """Number and digest of each of these rows of `model`."""
    key, label = secret or _secret(), model._meta.label_lower
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    # A default that is reckoned, such as the time, is none: it would be another tomorrow.
    usual = {field.attname: None if callable(field.default) else field.get_default() for field in fields}
    for pk, *values in rows.values_list("pk", *usual).iterator(chunk_size=_SLICE):
        said = {
            name: plain(value.token if isinstance(value, Sealed) else value)
            for (name, default), value in zip(usual.items(), values, strict=True)
            if value not in (None, "", [], {}, default)
        }
        text = json.dumps([label, pk, said], sort_keys=True, ensure_ascii=False)
        yield pk, hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def sealed_list(rows: Iterable[tuple[str, int, str]]) -> str:
    """What the header says of the rows of its entry."""
    return hashlib.sha256(canonical([list(row) for row in rows])).hexdigest()


def keep(entry: Entry, rows: Iterable[tuple[str, int, str]]) -> None:
    EntryRow.objects.bulk_create(
        [EntryRow(entry=entry, kind=kind, number=number, digest=digest) for kind, number, digest in rows],
        batch_size=_SLICE,
    )


def _secret() -> bytes:
    return current_key(enterprise_id=None, purpose=Purpose.INDEX).derive(info="rows of the record", length=32)
