"""What the API takes as proof that the person is there: a session that confirmed lately, or a code sent along."""

from django.http import HttpRequest

from keqiao.accounts.models import Event, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import has_second_factor
from keqiao.accounts.signin import lockout
from keqiao.accounts.signin.confirmation import recently_confirmed
from keqiao.accounts.signin.second_factor import factor_that_accepts, guessed_too_often
from keqiao.faces.confirmation import HEADER
from keqiao.kernel.platform import clock


def proved(request: HttpRequest) -> bool:
    """For the API: confirmed in the session, or by a code that came with the request."""
    return recently_confirmed(request) or _code_proves(request)


def _code_proves(request: HttpRequest) -> bool:
    """Counted, locked and written down like a code typed on a page."""
    code, user, now = request.headers.get(HEADER, "").strip(), request.user, clock.now()
    if not code or not isinstance(user, User) or not has_second_factor(user=user):
        return False
    if not lockout.lets_try(request, username=user.username) or guessed_too_often(user, now=now):
        return False
    if factor_that_accepts(user, code, now=now):
        record_event(event=Event.CONFIRMED, user=user, request=request, detail="mfa")
        return True
    record_event(event=Event.CODE_FAILED, user=user, request=request)
    lockout.count_failure(request, username=user.username)
    return False
