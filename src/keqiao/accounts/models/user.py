"""Someone who signs in. What they may do follows from their kind, their roles and their clearance."""

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.levels import Level as Clearance


class Kind(models.TextChoices):
    STAFF = "staff", _("Service staff")
    CLIENT = "client", _("Client user")
    EXPERT = "expert", _("Expert")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    username = models.CharField(
        _("user name"),
        max_length=80,
        unique=True,
        # Sign-in takes a user name or an e-mail address in one field; the @ tells them apart.
        validators=[RegexValidator(r"^[^@\s]+$", _("A user name holds no @ and no blanks."))],
    )
    name = models.CharField(_("full name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # A client user belongs to one enterprise. Accounts lie below enterprises, so this is an id, held to
    # its row by a constraint that the enterprises app adds.
    enterprise_id = models.BigIntegerField(_("enterprise"), null=True, blank=True, db_index=True)
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Clearance, default=Clearance.INTERNAL
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Sessions, tokens and the calendar's address carry the number they were given; raising it ends them all.
    credentials_version = models.PositiveIntegerField(_("version of credentials"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # The last entry of the record this person has looked at: later ones are news to them.
    seen_entry = models.BigIntegerField(default=0, editable=False)
    # The hash of the secret in the address their calendar program asks; empty: no such address.
    calendar_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    calendar_version = models.PositiveIntegerField(
        null=True, editable=False
    )  # of credentials, when it was made

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="username_once", violation_error_message=_("This user name is taken.")
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="email_once",
                condition=~models.Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            ),
            models.CheckConstraint(
                name="username_is_no_address",
                condition=~models.Q(username__contains="@"),
                violation_error_message=_("A user name holds no @ and no blanks."),
            ),
            models.CheckConstraint(
                name="client_user_has_enterprise",
                condition=models.Q(kind=Kind.CLIENT, enterprise_id__isnull=False)
                | (~models.Q(kind=Kind.CLIENT) & models.Q(enterprise_id__isnull=True)),
                violation_error_message=_("A client user belongs to exactly one enterprise; others to none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force, read once a request."""
        return frozenset(self.grants.values_list("role", flat=True)) if self.pk else frozenset()

    @property
    def has_calendar_link(self) -> bool:
        return bool(self.calendar_sha256) and self.calendar_version == self.credentials_version

    def get_session_auth_hash(self) -> str:
        """Django compares this with the one in the session wherever a request's user is looked up."""
        return self._of_this_version(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._of_this_version, super().get_session_auth_fallback_hash())

    def _of_this_version(self, digest: str) -> str:
        return f"{digest}.{self.credentials_version}"
