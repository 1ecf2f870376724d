"""One step through each of its doors: the page, the API, the command, and the step itself."""

import base64
import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.doors import signed_in

from keqiao.config.main import _parser
from keqiao.faces.resource import resource_of
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps import operation

CASES = Path(__file__).parent
Door = Callable[..., str]
"""`door(actor, step, values, pk=…)` gives nothing where the step was taken, else what was said against it."""


def page(actor: Any, step: str, values: dict[str, Any], pk: int | None = None) -> str:
    slug = resource_of(operation.get(step).model).slug
    sent = {name: _upload(value) if isinstance(value, Path) else value for name, value in values.items()}
    address = f"/{slug}/{f'{pk}/' if pk else ''}do/{step}/"
    answer = signed_in(actor).post(address, {**sent, "idempotency_key": "示例键"})
    return "" if answer.status_code == 302 else answer.content.decode()


def api(actor: Any, step: str, values: dict[str, Any], pk: int | None = None) -> str:
    slug = resource_of(operation.get(step).model).slug
    address = f"/api/v1/{slug}/{f'{pk}/' if pk else ''}{step.replace('_', '-')}/"
    body = {name: _in_json(value) if isinstance(value, Path) else value for name, value in values.items()}
    answer = signed_in(actor).post(address, body, content_type="application/json")
    return "" if answer.status_code == 200 else str(answer.json())


def command(actor: Any, step: str, values: dict[str, Any], pk: int | None = None) -> str:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]
    about = [str(pk)] if pk else []
    args = _parser().parse_args(["run", "--as", actor.username, step.replace("_", "-"), *about, *options])
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        return said.getvalue() if args.call(args) else ""


def by_step(actor: Any, step: str, values: dict[str, Any]) -> str:
    sent = {name: _upload(value) if isinstance(value, Path) else value for name, value in values.items()}
    try:
        operation.get(step)(actor=actor, **sent)
    except Invalid as refused:
        return " ".join([str(refused), *(str(text) for texts in refused.fields.values() for text in texts)])
    return ""


def _upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def _in_json(path: Path) -> dict[str, str]:
    return {"name": path.name, "content": base64.b64encode(path.read_bytes()).decode()}


DOORS: dict[str, Door] = {"page": page, "API": api, "command": command, "step": by_step}
