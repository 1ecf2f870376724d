"""A token with which a program acts for a person: shown once, kept as a hash, limited in scope and time."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models.user import User

MOST_DAYS = 365


class Scope(models.TextChoices):
    READ = "read", _("Read only")
    WRITE = "write", _("Read and write")


class ApiToken(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    # 256 random bits need no slow hash: there is nothing to guess.
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.READ)
    credentials_version = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)

    # The whole token, only on the object that was just made.
    secret: str = ""

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="api_token_ends",
                condition=models.Q(expires_at__gt=models.F("created_at")),
                violation_error_message=_("A token ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_valid(self, *, now: datetime) -> bool:
        return (
            self.revoked_at is None
            and now < self.expires_at
            and self.user.is_active
            and self.credentials_version == self.user.credentials_version
        )

    @property
    def may_write(self) -> bool:
        return self.scope == Scope.WRITE
