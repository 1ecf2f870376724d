"""What an operation asks for, read from its typed signature: the one source of form, API body and command options."""

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Choices, Model

from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

Upload = UploadedFile
BEFORE = "state_before"  # the parameter by which a body learns the state its object came from


class ParamKind(StrEnum):
    """Kinds of parameter. ROWS is a list of a dataclass, shown as a small table. A FLAG without a default is a verdict: two
    answers, none chosen beforehand; with one it is a box to tick."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    OBJECT = "object"
    OBJECTS = "objects"
    FILE = "file"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """How a parameter is asked for. `label` stands alone as a field label; `text_lines` > 1 makes a text long."""

    label: Text
    help: Text = ""
    text_lines: int = 1
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    min_rows: int = 0  # rows of a table that must be filled
    narrow: Callable[[Any, Any], Any] | None = None  # (queryset, subject) -> queryset: which objects fit
    initial: Callable[[Any], Any] | None = None  # subject -> what the form starts from
    options: Callable[[Any, Any], list[tuple[str, Text]]] | None = (
        None  # (subject, actor) -> what a text is chosen from, as (value, label); without any it isn't asked
    )
    default_factory: Callable[[], Any] | None = (
        None  # what the form starts from whatever the subject is, such as today
    )
    prefill: Callable[[Any, dict[str, str]], Any] | None = None  # (subject, what the link says) -> the same
    visible_to_client: bool = False  # written to the client, who reads it in the record too
    depends_on: str = (
        ""  # the parameter that `prefill` hangs on: it is asked first, and once known no longer changed
    )


@dataclass(frozen=True)
class Param:
    name: str
    of: ParamKind
    type: Any
    prompt: Prompt
    required: bool
    default: Any = None
    columns: tuple["Param", ...] = ()

    @property
    def model(self) -> type[Model]:  # noqa: A003 - the builtin is meant
        assert self.of in {ParamKind.OBJECT, ParamKind.OBJECTS}
        kind: Any = self.type
        return cast("type[Model]", kind)


_SCALARS = {
    "str": ParamKind.TEXT,
    "int": ParamKind.NUMBER,
    "Decimal": ParamKind.MONEY,
    "date": ParamKind.DAY,
    "datetime": ParamKind.MOMENT,
    "bool": ParamKind.FLAG,
}


def params_of(handler: Callable[..., Any], *, without: frozenset[str]) -> tuple[Param, ...]:
    """The parameters of a keyword-only function. Raises DeclarationError for one that has no label or no known
    type."""
    hints = get_type_hints(handler, include_extras=True)
    signature = inspect.signature(handler)
    return tuple(
        _param(name, hints[name], spec.default)
        for name, spec in signature.parameters.items()
        if name not in without
    )


def _param(name: str, hint: Any, default: Any) -> Param:
    hint, ask = _ask(name, hint)
    hint, optional = _optional(hint)
    of, bare, columns = _kind(name, hint)
    missing = default is inspect.Parameter.empty
    required = missing and not optional
    return Param(name, of, bare, ask, required, None if missing else default, columns)


def _ask(name: str, hint: Any) -> tuple[Any, Prompt]:
    if get_origin(hint) is Annotated:
        bare, *notes = get_args(hint)
        for note in notes:
            if isinstance(note, Prompt):
                return bare, note
    raise _wrong(name, "Annotated[…, Prompt(label=…)], so that a form can ask for it", hint)


def _optional(hint: Any) -> tuple[Any, bool]:
    options = [option for option in get_args(hint) if option is not type(None)]
    if type(None) in get_args(hint) and len(options) == 1:
        return options[0], True
    return hint, False


def _kind(name: str, hint: Any) -> tuple[ParamKind, Any, tuple[Param, ...]]:
    if get_origin(hint) in {list, tuple}:
        inner = get_args(hint)[0]
        if isinstance(inner, type) and issubclass(inner, Model):
            return ParamKind.OBJECTS, inner, ()
        if dataclasses.is_dataclass(inner):
            return ParamKind.ROWS, inner, _columns(inner)
    if isinstance(hint, type):
        if issubclass(hint, Choices):
            return ParamKind.CHOICE, hint, ()
        if issubclass(hint, Model):
            return ParamKind.OBJECT, hint, ()
        if issubclass(hint, UploadedFile):
            return ParamKind.FILE, hint, ()
        if hint.__name__ in _SCALARS:
            return _SCALARS[hint.__name__], hint, ()
    raise _wrong(name, f"a kind that a form can ask for: {', '.join(ParamKind)}", hint)


def _wrong(name: str, expected: str, came: object) -> DeclarationError:
    return DeclarationError(
        where=f"{declared_at()}, parameter {name}", expected=expected, came=came,
        remedy="Write it like name: Annotated[str, Prompt(label=_(“Name”), max_length=80)].",
    )  # fmt: skip


def _columns(row: Any) -> tuple[Param, ...]:
    hints = get_type_hints(row, include_extras=True)
    return tuple(
        _param(
            f.name, hints[f.name], inspect.Parameter.empty if f.default is dataclasses.MISSING else f.default
        )
        for f in dataclasses.fields(row)
    )


def subject_of(handler: Callable[..., Any], model: type[Model]) -> str:
    """The first parameter of the operation's own model is its object; without one the operation creates it."""
    first = next(iter(inspect.signature(handler).parameters))
    return first if get_type_hints(handler).get(first) is model else ""


def told_before(handler: Callable[..., Any], subject: str) -> bool:
    asked = BEFORE in inspect.signature(handler).parameters
    if asked and not subject:
        raise DeclarationError(
            where=f"{declared_at()}, {handler.__name__}",
            expected="an object that comes from a state",
            came=BEFORE,
            remedy=f"A step that creates its object leaves out the parameter {BEFORE!r}.",
        )
    return asked


def adds_to(handler: Callable[..., Any], model: type[Model], params: tuple[Param, ...]) -> bool:
    """It gives something else than its object, and its form shows nothing of what stands in the object."""
    returned = get_type_hints(handler).get("return")
    is_other = isinstance(returned, type) and issubclass(returned, Model) and returned not in {model, Model}
    return is_other and not any(param.prompt.initial or param.prompt.prefill for param in params)
