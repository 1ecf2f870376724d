"""Values of the business as plain JSON, the same on every machine: what records and fingerprints are made from."""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db.models import Model


def plain(value: Any) -> Any:  # noqa: PLR0911 - one answer a kind
    """`value` as JSON: money and other decimals as text, objects as "app.Model:pk", times in UTC.

    Raises TypeError for a value that has no plain form, ValueError for NaN and infinity.
    """
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return int(value) if type(value) is not bool and isinstance(value, int) else value
    if isinstance(value, str | Decimal):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} can't be recorded")
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Model):
        return f"{value._meta.label}:{value.pk}"  # noqa: SLF001
    if isinstance(value, File):
        return {"file": value.name, "size": value.size}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no plain form")
