"""Files that people may fetch. A file is as open as the rows that refer to it: it has no door of its own."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import ForeignKey, IntegerField, Model, Q, QuerySet, Value

from keqiao.kernel.models import Blob
from keqiao.kernel.platform import kept_sql, policy
from keqiao.kernel.platform.actors import SYSTEM, Actor
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.platform.whole_numbers import LARGEST
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

_owners: list[tuple[type[Model], str]] = []


def carries_files(model: type[Model], *names: str) -> None:
    """Open the files in these foreign keys of `model` to whoever sees the row and may read the field.

    A resource says it by its `files`; called directly only for a model that has no page of its own.
    """
    for name in names:
        field = next((field for field in model._meta.fields if field.name == name), None)
        if not isinstance(field, ForeignKey) or field.related_model is not Blob:
            raise DeclarationError(
                where=f"{declared_at()}, {model.__name__}",
                expected="foreign keys to files (Blob)",
                came=name,
                remedy="Name only such fields in `files`.",
            )
        _owners.append((model, name))


def owners() -> tuple[tuple[type[Model], str], ...]:
    return tuple(_owners)


def open_file(actor: Actor, pk: int) -> Blob:
    """The file, when a row that the actor sees refers to it; else NotFound. Two queries, whatever the number of models: of
    which kinds of row refer to it, and whether one of just these is open."""
    referring = [
        Q(pk__in=policy.visible(model, actor).filter(**{name: pk}).values(name))
        for model, name in _referring(pk)
        if policy.may_read(model, actor, name)
    ]
    blob = Blob.objects.filter(pk=pk).filter(reduce(or_, referring, policy.NOTHING)).first()
    if blob is None:
        raise NotFound
    return blob


def open_files(actor: Actor, *, contents: Collection[str], enterprises: Collection[int]) -> "QuerySet[Blob]":
    """Those files of these enterprises with these contents (SHA-256 in hex) that `open_file` would give to `actor`."""
    referring = [
        Q(pk__in=policy.visible(model, actor).filter(**{f"{name}__sha256__in": contents}).values(name))
        for model, name in _owners
        if policy.may_read(model, actor, name)
    ]
    rows = Blob.objects.filter(sha256__in=contents, enterprise_id__in=enterprises)
    return rows.filter(reduce(or_, referring, policy.NOTHING)).order_by("pk")


def _referring(pk: int) -> list[tuple[type[Model], str]]:
    """The owners of which some row refers to the file, open or not. Every model that carries files is a leg of this
    question, so its SQL is kept; it asks each index once."""
    if pk > LARGEST:
        return []

    def build(_reader: Actor, arguments: kept_sql.Given) -> Any:
        legs = [
            model._default_manager.filter(**{name: arguments["file"]})  # noqa: SLF001 - which kinds, not which rows
            .order_by()
            .values_list(Value(place, output_field=IntegerField()))
            for place, (model, name) in enumerate(_owners)
        ]
        return legs[0].union(*legs[1:])

    lines = kept_sql.read(("files", *_owners), actor=SYSTEM, arguments={"file": pk}, build=build)
    return [_owners[place] for (place,) in lines]


modules.describe("files", lambda: (model.__module__ for model, _name in _owners))
