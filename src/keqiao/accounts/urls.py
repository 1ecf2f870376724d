"""Addresses of accounts. allauth's views are named one by one: what is not here, sign-up above all, does
not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from keqiao.accounts.pages import calendar, events, invitation, profile, reminders, tokens
from keqiao.accounts.signin.confirmation import confirmation_required_to_change
from keqiao.accounts.signin.views import Enrol, Sessions, SignIn, stay
from keqiao.faces.access import by_link, public, signed_in

urlpatterns = [
    path("login/", public(SignIn.as_view()), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", public(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_link(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", signed_in(factor.index), name="mfa_index"),
    path("second-factor/code/", public(factor.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/enrol/", signed_in(Enrol.as_view()), name="mfa_activate_totp"),
    path("second-factor/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/recovery-codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "second-factor/recovery-codes/new/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "sessions/", signed_in(confirmation_required_to_change(Sessions.as_view())), name="usersessions_list"
    ),
    path("stay/", signed_in(stay), name="account_stay"),
    path("invitation/<str:secret>/", invitation.accept, name="account_invitation"),
    path("calendar/", calendar.link, name="calendar-link"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
    path("me/", profile.show, name="account_profile"),
    path("me/data.json", profile.export, name="account_data"),
    path("me/reminders/", reminders.show, name="account_reminders"),
    path("tokens/", tokens.index, name="account_tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="account_token_revoke"),
    path("events/", events.index, name="account_events"),
]
