"""allauth's views, where ours differ."""

import time
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from keqiao.accounts.models import Event
from keqiao.accounts.operations.calendar_link import remove_calendar_link
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.signin.forms import EnrolForm
from keqiao.accounts.signin.second_factor import required_of, take
from keqiao.accounts.signin.timing import left


class SignIn(LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo": settings.DEMO}


@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """Asked for by a click: like every request it is use of the session, and it says how long that now lasts."""
    return JsonResponse(left(request.session, now=time.time()))


class Enrol(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: EnrolForm) -> HttpResponse:
        """The code that proved the new secret is used up by that: it must not open the door a moment
        later.
        """
        response: HttpResponse = super().form_valid(form)
        take(Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP), form.step)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # In the page itself, not as a data address, which a strict content security policy refuses.
        svg = context["totp_svg"]
        picture = mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from our own secret
        mine = {
            "picture": picture,
            "secret": context["form"].secret,
            "required": required_of(self.request.user),
        }
        return context | mine


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        record_event(event=Event.SESSIONS_ENDED, user=self.request.user, request=self.request)
        remove_calendar_link(actor=self.request.user)  # what else was given out without a password
        response: HttpResponse = super().form_valid(form)
        return response
