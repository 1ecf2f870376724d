"""How allauth's accounts behave here: no sign-up, and no answer tells whether an account exists."""

from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import User
from keqiao.accounts.operations.credentials import set_password
from keqiao.accounts.signin.confirmation import recently_confirmed

WRONG = _("The user name or e-mail address does not go with this password.")


class ResetTokens(PasswordResetTokenGenerator):
    """A link dies with use, with a change of role, and when the account is disabled."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.credentials_version}{user.is_active}"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_code": _("This code is wrong, too old, or was used already. Wait for the next one."),
        "too_many_login_attempts": _(
            "Too many wrong codes for this account. Try again in an hour, or reset the password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Without allauth's way for disabled accounts: they get the answer that unknown ones get. Guesses are
        counted by axes, in the database, so that several web processes count as one.
        """
        return authenticate(request, **credentials)

    def set_password(self, user: User, password: str) -> None:
        set_password(user=user, password=password)

    def is_safe_url(self, url: str | None) -> bool:
        site = urlsplit(settings.SITE_ORIGIN)
        return url_has_allowed_host_and_scheme(url, {site.netloc}, require_https=site.scheme == "https")

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002 - all apps alike
        return not recently_confirmed(context.request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the configured host: the Host header is whatever the asker sent."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ORIGIN + path.replace("UID-KEY", quote(key))

    def format_email_subject(self, subject: str) -> str:
        return "[{}] {}".format(gettext("Keqiao"), subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        known = {"email": email, "site_origin": settings.SITE_ORIGIN}
        self.render_mail(template_prefix, email, known | context).send()
