"""Which of the things that a page names have a page its reader may open: asked of the policy in at most one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Model, TextField, Value
from django.db.models.functions import Cast

from keqiao.faces.resource import url_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import model_named

Key = tuple[str, int]  # label and number of a row


def open_keys(keys: Iterable[Key], actor: Actor) -> set[Key]:
    """Those of these rows that are open to `actor`, whatever kinds they are of, in one query."""
    wanted = set(keys)
    parts = []
    for name in sorted({kind for kind, _pk in wanted}):
        model = model_named(name)
        if model is not None and model in policy.registered():
            ids = [pk for kind, pk in wanted if kind == name]
            rows = policy.visible(model, actor).filter(pk__in=ids).order_by()
            kind = Cast(Value(name), TextField())
            parts.append(rows.values_list(kind, Cast("pk", BigIntegerField())))
    return set(parts[0].union(*parts[1:])) if parts else set()


class ReadableLinks:
    """The addresses of some rows for one reader; empty where there is no page, or it is not open to them."""

    def __init__(self, items: Iterable[Any], actor: Actor, *, also: Iterable[Key] = ()) -> None:
        """`also` are asked about in the same query, for `opens`."""
        rows = [item for item in items if isinstance(item, Model) and not isinstance(item, Blob)]
        told = {_key(row): policy.open_at_hand(row, actor) for row in rows if url_of(row)}
        asked = [key for key, verdict in told.items() if verdict is None]
        self._open = {key for key, verdict in told.items() if verdict} | open_keys([*asked, *also], actor)

    def opens(self, key: Key) -> bool:
        return key in self._open

    def to(self, item: Model) -> str:
        """A file is as open as the row that shows it."""
        return url_of(item) if isinstance(item, Blob) or _key(item) in self._open else ""


def _key(item: Model) -> Key:
    return item._meta.label_lower, item.pk
