"""One key, one effect: a repeated request gets the result of the first."""

import hashlib
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.actors import Actor
from keqiao.kernel.canonical import canonical, plain
from keqiao.kernel.errors import Conflict
from keqiao.kernel.models import IdempotencyKey


def find(*, operation: str, actor: Actor, key: str, values: dict[str, Any]) -> models.Model | None:
    """The result of the first run under this key. Raises Conflict when the key was used for something else."""
    row = IdempotencyKey.objects.filter(actor_id=actor.pk, operation=operation, key=key).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint(values):
        raise Conflict(_("This form was already sent with other values."), remedy=_("Open the form again."))
    kind: type[models.Model] = apps.get_model(row.result_type)
    return kind._default_manager.get(pk=row.result_id)  # noqa: SLF001


def keep(*, operation: str, actor: Actor, key: str, values: dict[str, Any], result: models.Model) -> None:
    IdempotencyKey.objects.create(
        actor_id=actor.pk,
        operation=operation,
        key=key,
        fingerprint=fingerprint(values),
        result_type=result._meta.label,
        result_id=result.pk,
    )


def fingerprint(values: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(plain(values))).hexdigest()
