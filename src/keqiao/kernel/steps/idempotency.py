"""One key, one effect: a repeated request gets the result of the first."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.files.step_files import digest_of
from keqiao.kernel.models import IdempotencyKey
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import first_label, model_named, steps
from keqiao.kernel.platform.errors import Conflict
from keqiao.kernel.record.canonical import canonical, plain


@dataclass(frozen=True)
class Request:
    """One request under one key. The fingerprint is of the values, so that a reused key is noticed."""

    operation: str
    actor_id: int | None
    key: str
    fingerprint: str

    @classmethod
    def of(cls, operation: str, actor: Actor, key: str, values: Mapping[str, Any]) -> "Request":
        return cls(operation, actor.pk, key, fingerprint_of(values))


def find(request: Request) -> models.Model | None:
    """The result of the first run under this key. Raises Conflict when the key was used for something else."""
    row = IdempotencyKey.objects.filter(
        steps([request.operation]), actor_id=request.actor_id, key=request.key
    ).first()
    if row is None:
        return None
    if row.fingerprint != request.fingerprint:
        raise Conflict(_("This form was already sent with other values."), remedy=_("Open the form again."))
    kind = model_named(row.result_type)
    if kind is None:
        raise LookupError(f"{row}: its result is a {row.result_type}, which is nothing here")
    return kind._default_manager.get(pk=row.result_id)  # noqa: SLF001


def keep(request: Request, *, result: models.Model) -> None:
    IdempotencyKey.objects.create(**asdict(request), result_type=result._meta.label, result_id=result.pk)


def fingerprint_of(values: Mapping[str, Any]) -> str:
    """Taken before the step: a row counts by its number, since the step may rename it; a file by its bytes."""
    return hashlib.sha256(canonical(plain(_identities(values)))).hexdigest()


def _identities(value: Any) -> Any:
    match value:
        case models.Model():
            return {"type": first_label(type(value)), "id": value.pk}
        case File():
            return {"name": value.name, "sha256": digest_of(value)}
        case Mapping():
            return {name: _identities(item) for name, item in value.items()}
        case list() | tuple() | models.QuerySet():
            return [_identities(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _identities(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
