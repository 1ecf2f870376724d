"""What people take out of the house: files of the vault, and lists as sheets. Each time is told to whoever keeps the
log; faces know no accounts, so the module that does registers here. Until one has, nothing goes out.
"""

from collections.abc import Callable
from enum import StrEnum

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from keqiao.faces.access import actor_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotAllowed


class EgressKind(StrEnum):
    FILE = "file"
    LIST = "list"


Tell = Callable[[Actor, HttpRequest | None, EgressKind, str], object]  # without a request: by a command
_tellers: list[Tell] = []


def register(tell: Tell) -> None:
    _tellers[:] = [tell]


def file_goes_out(request: HttpRequest, blob: Blob) -> None:
    """By number, classification and content: its name may say what only its readers should know."""
    _tell(actor_of(request), request, EgressKind.FILE, f"{blob.pk}|{blob.level}|{blob.sha256}")


def list_goes_out(request: HttpRequest, slug: str, form: str) -> None:
    """Which list, not what it was filtered by: a filter may name a client."""
    _tell(actor_of(request), request, EgressKind.LIST, f"{slug}|{form}")


def list_is_written(actor: Actor, slug: str, form: str) -> None:
    """The same by a command, which has no request."""
    _tell(actor, None, EgressKind.LIST, f"{slug}|{form}")


def _tell(actor: Actor, request: HttpRequest | None, what: EgressKind, detail: str) -> None:
    if not _tellers:
        raise NotAllowed(_("This site keeps no log of what is taken out, so nothing is handed out."))
    _tellers[0](actor, request, what, detail)
