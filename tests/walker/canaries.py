"""A word of its own in every text of every confidential row, so that whatever leaks says where it came from."""

import itertools
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Field, Model, TextField

from keqiao.enterprises.models import Enterprise
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy, search

SHORTEST = 40  # a field must hold the word and something besides
# Codes and hashes: changed, they would no longer be what they are.
NOT_TEXT = {
    "uscc",
    "region",
    "industry",
    "sha256",
    "token_sha256",
    "undertaking_sha256",
    "path",
    "kind",
    "record_kind",
    "media_type",
    "letter",
}
WORD = re.compile(r"kq\d{5}(?:ours|theirs|secret)")
SPOKEN = {side: f"kq{n:05d}{side}" for n, side in enumerate(("ours", "theirs", "secret"), start=90001)}


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Where a word was planted. `model` is "spoken" for words said in steps and files."""

    side: str
    model: str
    field: str
    pk: int
    engagement: int | None
    draft: bool

    def __str__(self) -> str:
        return f"{self.side} {self.model}.{self.field} #{self.pk}"


Planted = dict[str, Canary]


def plant(sides: dict[str, Enterprise]) -> Planted:
    by_id = {enterprise.pk: side for side, enterprise in sides.items()}
    numbers = itertools.count(1)
    planted = {word: spoken(side) for side, word in SPOKEN.items()}
    for model in confidential():
        for row in rows_of(model, by_id):
            side = by_id[row.pk if model is Enterprise else row.enterprise_id]
            values = {}
            for field in texts(model):
                word = f"kq{next(numbers):05d}{side}"
                values[field.name] = with_word(getattr(row, field.name), word, field)
                planted[word] = canary(row, side, field.name)
            if values:
                model._default_manager.filter(pk=row.pk).update(**values)
    for model in search.searchable_models():
        search.rebuild(model._default_manager.all())
    return planted


def spoken(side: str) -> Canary:
    return Canary(side=side, model="spoken", field="", pk=0, engagement=None, draft=False)


def confidential() -> list[type[Model]]:
    """Every model with a policy whose rows belong to an enterprise, and the files."""
    models = [model for model in policy.registered() if model is Enterprise or has_enterprise(model)]
    return [*models, Blob]


def has_enterprise(model: type[Model]) -> bool:
    found = {field.name for field in model._meta.fields}
    return "enterprise" in found


def rows_of(model: type[Model], by_id: dict[int, str]) -> Any:
    name = "pk__in" if model is Enterprise else "enterprise_id__in"
    return model._default_manager.filter(**{name: list(by_id)})


def texts(model: type[Model]) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.fields if is_text(field)]


def is_text(field: "Field[Any, Any]") -> bool:
    if (
        not isinstance(field, CharField | TextField)
        or field.choices
        or field.unique
        or field.name in NOT_TEXT
    ):
        return False
    return field.max_length is None or field.max_length >= SHORTEST


def with_word(text: str, word: str, field: "Field[Any, Any]") -> str:
    room = (field.max_length or 10_000) - len(word)
    return f"{word}{text}"[: room + len(word)]


def canary(row: Any, side: str, field: str) -> Canary:
    engagement = row.pk if row._meta.model_name == "engagement" else getattr(row, "engagement_id", None)
    return Canary(
        side=side,
        model=type(row).__name__,
        field=field,
        pk=row.pk,
        engagement=engagement,
        draft=is_draft(row),
    )


def is_draft(row: Any) -> bool:
    """Still being written or approved by the institution: not for the client."""
    holder = next(
        (getattr(row, name) for name in ("contract", "amendment", "plan") if hasattr(row, f"{name}_id")), row
    )
    holder = row if type(row).__name__ == "Amendment" else holder
    hidden = {"Contract": {"drafting", "in_approval", "approved"}, "Plan": {"draft"}, "Amendment": {"draft"}}
    return getattr(holder, "state", None) in hidden.get(type(holder).__name__, set())
