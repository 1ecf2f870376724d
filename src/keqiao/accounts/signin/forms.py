"""allauth's forms, where ours differ."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Event
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.signin import lockout
from keqiao.accounts.signin.second_factor import (
    factor_that_accepts,
    matching_step,
    refuse_after_many_failures,
)
from keqiao.kernel.platform import clock

_ONE_TIME = forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True})


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs.update(autocomplete="username", autofocus=True, placeholder="")
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["login"].max_length = 254
        self.fields["password"].help_text = ""  # the page itself leads to the reset

    def user_credentials(self) -> dict[str, str]:
        """One name, though allauth would try an address as two: a known one must not cost two hashes."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class ResetForm(account.ResetPasswordForm):  # type: ignore[misc]
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """One letter either way: neither the answer nor its time tells which addresses are known."""
        email: str = self.cleaned_data["email"]
        record_event(event=Event.RESET_ASKED, user=next(iter(self.users), None), request=request)
        if self.users:
            return str(super().save(request, **kwargs))
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class _Codes(forms.Form):
    """A code from the app or a recovery code. Wrong ones count towards the same lock as wrong passwords."""

    code = forms.CharField(label=_("Code from the app, or recovery code"), widget=_ONE_TIME)
    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        now, code = clock.now(), self.cleaned_data["code"].strip()
        if lockout.is_locked(context.request, username=self.user.username):
            raise get_adapter().validation_error("too_many_login_attempts")
        refuse_after_many_failures(self.user, now=now)
        if authenticator := factor_that_accepts(self.user, code, now=now):
            self.authenticator = authenticator
            return str(code)
        first = Authenticator.objects.filter(user=self.user).order_by("-type").first()
        self._emit_authentication_failed(first)  # type: ignore[attr-defined]
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(_Codes, factor.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ConfirmByCodeForm(_Codes, factor.ReauthenticateForm):  # type: ignore[misc]
    """Before a sensitive step."""


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]
    code = forms.CharField(label=_("Code from the app"), widget=_ONE_TIME)
    step: int

    def clean_code(self) -> str:
        step = matching_step(self.secret, self.cleaned_data["code"], now=clock.now())
        if step is None:
            raise get_adapter().validation_error("incorrect_code")
        self.step = step
        return str(self.cleaned_data["code"])
