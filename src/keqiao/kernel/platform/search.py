"""Text search over everything a person may see: Chinese words, two-character words, pinyin initials, numbers.

A module says what of a model is found by `searchable(Model, describe)`. Whoever saves such a row renews its entry, an
operation once at its end; rows written in bulk are indexed by whoever writes them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_save

from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform import said_once
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import MODELS
from keqiao.kernel.platform.policy import visible
from keqiao.kernel.platform.search_index import OBJECTS, Groups, document_id, first_id, index, kind_of
from keqiao.kernel.platform.tokenizer import query_tokens, tokens

M = TypeVar("M", bound=Model)
NEWEST = 100  # that match, of each kind, among which those open to somebody are looked for first


@dataclass(frozen=True)
class Found:
    """What of an object is found: names also by pinyin initials, numbers as they are, text by its words."""

    title: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""


Saved = dict[tuple[type[Model], int], Model]
_describe: dict[type[Model], Callable[..., Found | None]] = {}
_saved: ContextVar[Saved | None] = ContextVar(
    "rows to index at the end of the running operation", default=None
)


def searchable(model: type[Model], describe: Callable[..., Found | None]) -> None:
    """`describe(item)` says under what an item is found; None takes it out of the index."""
    said_once.once(f"what {model._meta.label} is found by")
    _describe[model] = describe
    post_save.connect(_note, sender=model, dispatch_uid=f"search {model._meta.label}")


def _note(instance: Model, *, raw: bool, **_signal: Any) -> None:
    later = _saved.get()
    if later is not None:
        later[type(instance), instance.pk] = instance
    elif not raw:
        _store([instance])


@contextmanager
def at_the_end() -> Iterator[Saved]:
    """Rows saved meanwhile are collected, for the caller to `refresh` when the last word on them is said."""
    saved: Saved = {}
    token = _saved.set(saved)
    try:
        yield saved
    finally:
        _saved.reset(token)


def searchable_models() -> tuple[type[Model], ...]:
    return tuple(_describe)


def refresh(*objects: object) -> None:
    """Renew the index of those objects that can be found; others are passed over."""
    items = {(type(o), o.pk): o for o in objects if isinstance(o, Model) and type(o) in _describe}
    for item in items.values():
        _store([item])


def rebuild(rows: Iterable[Model], size: int = 2000) -> int:
    """Index many rows in batches, as an import does. Returns how many."""
    batch: list[Model] = []
    count = 0
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            count += _store(batch)
            batch = []
    return count + (_store(batch) if batch else 0)


def words_of(item: Model) -> str:
    """What `item` will be found under, for `put` once it is written; empty for what can't be found."""
    description = _describe[type(item)](item)
    return "" if description is None else _words(description)


def put(model: type[Model], ready: Iterable[tuple[Model, str, str]]) -> None:
    """Index rows whose words were made ahead, each as (row, title, words)."""
    label = model._meta.label
    _write(
        [
            SearchDocument(
                id=document_id(row), model=label, object_id=row.pk, title=title[:300], tokens=words
            )
            for row, title, words in ready
        ]
    )


def kept_words(model: type[Model], ids: Iterable[int]) -> dict[int, str]:
    """Under which words these rows are found now, to be put back as they are."""
    documents = SearchDocument.objects.filter(model=model._meta.label, object_id__in=list(ids))
    return dict(documents.values_list("object_id", "tokens"))


def complete() -> int:
    """Index what has no entry yet, such as the rows of a kind that can be found since this version. Returns how many."""
    for model in _describe:
        _take_over(model)
    return sum(rebuild(_unindexed(model).iterator(chunk_size=2000)) for model in _describe)


def _take_over(model: type[Model]) -> None:
    """What was indexed under an old name of `model` is found under the name of now, and indexed anew where its number is of
    the old kind."""
    former = SearchDocument.objects.filter(model__in=MODELS.old.get(model._meta.label, ()))
    former.filter(id__gte=first_id(model), id__lt=first_id(model) + OBJECTS).update(model=model._meta.label)
    former.delete()


def _unindexed(model: type[M]) -> "QuerySet[M]":
    documents = SearchDocument.objects.filter(model=model._meta.label)
    return model._default_manager.exclude(pk__in=documents.values("object_id"))  # noqa: SLF001


def forget(item: Model) -> None:
    forget_many(type(item), [item.pk])


def forget_many(model: type[Model], ids: Iterable[int]) -> None:
    SearchDocument.objects.filter(model=model._meta.label, object_id__in=list(ids)).delete()


def _store(items: list[Model]) -> int:
    described = [(item, _describe[type(item)](item)) for item in items]
    documents = [_document(item, description) for item, description in described if description is not None]
    forget_many(type(items[0]), [item.pk for item, description in described if description is None])
    _write(documents)
    return len(documents)


def _write(documents: list[SearchDocument]) -> None:
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["model", "title", "tokens"],
    )


def _document(item: Model, description: Found) -> SearchDocument:
    return SearchDocument(
        id=document_id(item),
        model=item._meta.label,
        object_id=item.pk,
        title=description.title[:300],
        tokens=_words(description),
    )


def _words(description: Found) -> str:
    return " ".join(
        tokens(
            title=description.title,
            names=description.names,
            numbers=description.numbers,
            text=description.text,
        )
    )


def find(*, actor: Actor, text: str, limit: int = 20) -> Iterator[tuple[type[Model], list[Model]]]:
    """Rows of each kind that match `text` and are open to `actor`: kinds in the order they were declared, rows newest first."""
    groups = query_tokens(text)
    if not groups:
        return
    # One look into the words for all kinds; most of them have nothing and are not asked about.
    newest = index().newest(groups, NEWEST)
    for model in _describe:
        ids = newest.get(kind_of(model), [])
        rows = _first(visible(model, actor), groups, ids, limit) if ids else []
        if rows:
            yield model, rows


def _first(rows: "QuerySet[M]", groups: Groups, newest: list[int], limit: int) -> list[M]:
    """Of the newest that match, as a rule, enough are open; only else all that match are put beside all that are open."""
    opened = list(rows.filter(pk__in=newest).order_by("-pk")[:limit])
    if len(opened) == limit or len(newest) < NEWEST:
        return opened
    return list(_among(rows, groups).order_by("-pk")[:limit])


def matching(rows: "QuerySet[M]", text: str) -> "QuerySet[M]":
    """Narrow `rows` to those whose indexed words match every word of `text`; no words, no rows."""
    groups = query_tokens(text)
    return _among(rows, groups) if groups else rows.none()


def _among(rows: "QuerySet[M]", groups: Groups) -> "QuerySet[M]":
    sql, values = index().all_of(kind_of(rows.model), groups)
    return rows.filter(pk__in=RawSQL(sql, values))  # noqa: S611 - the words are letters and digits, passed as parameters
