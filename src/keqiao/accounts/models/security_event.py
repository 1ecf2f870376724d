"""What happened at the door. Written once, never changed; read by security and audit administrators."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models.role_grant import Role
from keqiao.accounts.models.user import User
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.levels import Level


class Event(models.TextChoices):
    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    CODE_FAILED = "code_failed", _("Wrong second-factor code")
    LOCKED = "locked", _("Locked after failed sign-ins")
    MANY_FAILED = "many_failed", _("Many accounts failed from one address")
    CONFIRMED = "confirmed", _("Confirmed again before a sensitive step")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    RESET_ASKED = "reset_asked", _("Password reset asked for")
    FACTOR_ENROLLED = "factor_enrolled", _("Second factor enrolled")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    CODES_RENEWED = "codes_renewed", _("New recovery codes made")
    INVITED = "invited", _("Invited")
    INVITATION_USED = "invitation_used", _("Invitation used")
    ENABLED = "enabled", _("Account enabled")
    DISABLED = "disabled", _("Account disabled")
    ROLE_GRANTED = "role_granted", _("Role granted")
    ROLE_REVOKED = "role_revoked", _("Role revoked")
    CLEARANCE_SET = "clearance_set", _("Clearance set")
    TOKEN_MADE = "token_made", _("API token made")
    TOKEN_REVOKED = "token_revoked", _("API token revoked")
    CALENDAR_LINK_MADE = "calendar_made", _("Calendar address made")
    CALENDAR_LINK_REMOVED = "calendar_removed", _("Calendar address removed")
    SESSIONS_ENDED = "sessions_ended", _("Other sessions ended")
    DATA_EXPORTED = "data_exported", _("Own data exported")
    FILE_FETCHED = "file_fetched", _("File fetched")
    LIST_EXPORTED = "list_exported", _("List exported")


DETAILS = dict(Role.choices) | {"password": _("by password"), "mfa": _("by second factor")}


class AppendOnly(Exception):  # noqa: N818 - names the rule that was about to be broken
    """A security event can't be changed or deleted by the program."""


class EventQuerySet(models.QuerySet["SecurityEvent"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class SecurityEvent(models.Model):
    at = models.DateTimeField(_("time"), default=clock.now, db_index=True)
    event = models.CharField(_("what happened"), max_length=20, choices=Event)
    # Nobody when the name that was typed belongs to no account. What was typed is not kept: people type
    # passwords into the wrong field.
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="security_events", verbose_name=_("user")
    )
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    browser = models.CharField(_("browser"), max_length=200, blank=True)
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "event", "at"], name="security_event_of_user")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_event_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly

    @property
    def said(self) -> str:
        """The detail in the reader's words, where it is a code of ours."""
        if self.event == Event.FILE_FETCHED:
            number, level, digest = self.detail.split("|")
            facts = {"number": number, "level": Level(int(level)).label, "digest": digest}
            return gettext("No. %(number)s, %(level)s, SHA-256 %(digest)s") % facts
        return str(DETAILS.get(self.detail, self.detail)).replace("|", " · ")
