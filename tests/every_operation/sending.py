"""Values of an example as the API and the command line take them."""

import base64
import dataclasses
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model


def as_json(value: Any) -> Any:
    match value:
        case UploadedFile():
            value.seek(0)
            return {"name": value.name, "content": base64.b64encode(value.read()).decode()}
        case Model():
            return value.pk
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case date() | datetime():
            return value.isoformat()
        case list() | tuple():
            return [as_json(one) for one in value]
        case _ if dataclasses.is_dataclass(value):
            return {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def as_options(values: dict[str, Any], folder: Path) -> list[str]:
    """`--name value` for each; a file is written down first, a table becomes JSON."""
    options: list[str] = []
    for name, value in values.items():
        option = name.replace("_", "-")
        options.append(f"--no-{option}" if value is False else f"--{option}")
        if not isinstance(value, bool):
            options.append(_word(value, folder))
    return options


def _word(value: Any, folder: Path) -> str:
    if isinstance(value, UploadedFile):
        path = folder / (value.name or "file")
        path.write_bytes(value.read())
        return str(path)
    plain = as_json(value)
    if isinstance(value, list) and value and isinstance(value[0], Model):
        return ",".join(map(str, plain))
    return json.dumps(plain) if isinstance(plain, list) else str(plain)
