"""A link that lets an invited person set the first password, once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models.user import User

LIFETIME = timedelta(days=7)


class Invitation(models.Model):
    user = models.OneToOneField(User, models.CASCADE, related_name="invitation", verbose_name=_("user"))
    # Of the secret in the link, which is never stored: who reads this table can't use the links.
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    # The whole link, only on the object that was just made.
    link: str = ""

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.user)

    def is_open(self, *, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at and self.user.is_active

    @staticmethod
    def link_for(secret: str) -> str:
        """With the configured host: a Host header someone sent must not lead an invited person away."""
        return f"{settings.SITE_ORIGIN}/accounts/invitation/{secret}/"
