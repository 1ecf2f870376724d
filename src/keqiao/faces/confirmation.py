"""Operations with `confirm=True` ask again who sits there. How is for the module that signs people in to say: it
registers here, since faces know nothing of passwords. Until one has registered, such an operation is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import NotAllowed
from keqiao.kernel.steps.operation import Operation

View = Callable[..., HttpResponse]
HEADER = "Confirmation-Code"
HOW = _(
    "This step asks again who is there. Send a fresh code of the token owner's second factor in the header "
    "Confirmation-Code; it is good once. Without a second factor the step is taken on its page. A password is "
    "never taken here."
)


class Unconfirmed(NotAllowed):
    """The person may take the step, and has not shown a moment ago that they are there."""

    header = HEADER


@dataclass(frozen=True)
class _Door:
    asks: Callable[[View], View]  # wraps a view: a post goes on once the person has proved who they are
    proved: Callable[[HttpRequest], bool]  # whether this request's session has proved it a moment ago
    typed: Callable[[Any], bool]  # asks a person at the terminal for it


_doors: list[_Door] = []


def register(
    *, asks: Callable[[View], View], proved: Callable[[HttpRequest], bool], typed: Callable[[Any], bool]
) -> None:
    _doors[:] = [_Door(asks, proved, typed)]


def asked(op: Operation, view: View) -> View:
    """`view`, behind the question when the operation wants it."""
    if not op.confirm:
        return view
    return _doors[0].asks(view) if _doors else _closed


def refuse_unproved(op: Operation, request: HttpRequest) -> None:
    """Where nobody can be asked, as in the API: the proof comes with the request. Raises Unconfirmed."""
    if op.confirm and not (_doors and _doors[0].proved(request)):
        raise Unconfirmed(
            _("This step asks again who is there, and no fresh proof of it came with this request."),
            clause=op.clause,
            remedy=_(
                "Send a new code of your second factor in the header Confirmation-Code, or take the step on its page."
            ),
        )


def refuse_untyped(op: Operation, person: Any) -> None:
    """At the command line, also for what takes a second person: there anybody can name anybody. Raises NotAllowed."""
    if (op.confirm or op.permission.second_person) and not (_doors and _doors[0].typed(person)):
        raise NotAllowed(
            _("This step asks again who is there, and the person it is taken for has not shown it here."),
            clause=op.clause,
            remedy=_("Let them type their password and code at this terminal, or take the step on its page."),
        )


def described(op: Operation) -> dict[str, Any]:
    """What OpenAPI says of it."""
    if not op.confirm:
        return {}
    schema = {"type": "string"}
    header = {"name": HEADER, "in": "header", "required": False, "schema": schema, "description": str(HOW)}
    return {"parameters": [header], "responses": {403: {"description": str(HOW)}}}


def _closed(_request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    raise NotAllowed(_("This step asks who you are once more, and this site has no way to ask."))
