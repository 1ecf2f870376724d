"""Parameters of an operation as JSON: the pydantic body of the API, and the way from JSON to the form's values.

The form is the one judge of values; the body model gives types and the OpenAPI document.
"""

import base64
import binascii
import dataclasses
from datetime import datetime
from typing import Annotated, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from keqiao.faces.forms import cleaned, form_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import Param, ParamKind


class FileBody(BaseModel):
    """A file inside JSON."""

    name: str = Field(max_length=255)
    content: str = Field(description="the bytes in base64")


def _written(schema: dict[str, Any]) -> Any:
    """A number or a day as it is written; the form's field reads it, here as on the page."""
    return Annotated[str, BeforeValidator(_as_text), WithJsonSchema(schema)]


def _as_text(value: Any) -> Any:
    return value if isinstance(value, bool | list | dict) or value is None else str(value)


_TYPES: dict[ParamKind, Any] = {
    ParamKind.TEXT: str,
    ParamKind.NUMBER: _written({"type": "integer"}),
    ParamKind.MONEY: _written({"anyOf": [{"type": "number"}, {"type": "string"}]}),
    ParamKind.DAY: _written({"type": "string", "format": "date"}),
    ParamKind.MOMENT: datetime,
    ParamKind.FLAG: bool,
    ParamKind.CHOICE: str | int,
    ParamKind.OBJECT: int,
    ParamKind.OBJECTS: list[int],
    ParamKind.FILE: FileBody,
}


def body_of(op: Operation) -> type[BaseModel]:
    """The body of `op`: unknown fields are an error, so that a misspelt one isn't lost in silence."""
    return _model("".join(part.title() for part in op.name.split("_")), op.params)


def _model(name: str, params: tuple[Param, ...]) -> type[BaseModel]:
    fields = {param.name: _field(name, param) for param in params}
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)  # type: ignore[call-overload,no-any-return]


def _field(name: str, param: Param) -> tuple[Any, Any]:
    if param.of is ParamKind.ROWS:
        kind: Any = list[_model(f"{name}{param.name.title()}Row", param.columns)]  # type: ignore[misc]
    else:
        kind = _TYPES[param.of]
    extra: dict[str, Any] = {
        "description": " ".join(filter(None, (str(param.prompt.label), str(param.prompt.help))))
    }
    if param.of is ParamKind.CHOICE:
        extra["json_schema_extra"] = {"enum": [value for value, _label in param.type.choices]}
    if param.required:
        return kind, Field(**extra)
    return kind | None, Field(default=None, **extra)


def values_from_json(
    op: Operation, body: BaseModel, *, actor: Actor, subject: Model | None
) -> dict[str, Any]:
    """Judge the body by the operation's form. Raises Invalid naming each field."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    files: MultiValueDict[str, Any] = MultiValueDict()
    for param in op.params:
        sent = getattr(body, param.name)
        if sent is None:
            sent = _default(param)
        if isinstance(sent, FileBody):
            files[param.name] = _upload(param.name, sent)
        else:
            _put(data, files, param, sent)
    form = form_of(op, actor=actor, subject=subject, data=data, files=files)
    return cleaned(op, form)


def _default(param: Param) -> Any:
    if param.of is ParamKind.ROWS and param.default:
        return [dataclasses.asdict(row) for row in param.default]
    return param.default


def _put(
    data: "MultiValueDict[str, Any]", files: "MultiValueDict[str, Any]", param: Param, sent: Any
) -> None:
    if sent is None or (param.of is ParamKind.FLAG and not sent and not param.required):
        return
    if param.of is ParamKind.ROWS:
        for number, row in enumerate(sent):
            for name, value in dict(row).items():
                cell = f"{param.name}-{number}-{name}"
                if isinstance(value, FileBody):
                    files[cell] = _upload(param.name, value)
                elif value not in (None, False):
                    data[cell] = str(value)
    elif param.of is ParamKind.OBJECTS:
        data.setlist(param.name, [str(key) for key in sent])
    else:
        data[param.name] = str(sent)


def _upload(field: str, body: FileBody) -> SimpleUploadedFile:
    try:
        return SimpleUploadedFile(body.name, base64.b64decode(body.content, validate=True))
    except (binascii.Error, ValueError) as error:
        raise Invalid(_("The content is not base64."), field=field) from error
