"""Someone who signs in. What they may do follows from their kind, their roles and their clearance."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.levels import Level as Clearance


class Kind(models.TextChoices):
    STAFF = "staff", _("Service staff")
    CLIENT = "client", _("Client user")
    EXPERT = "expert", _("Expert")


class Role(models.TextChoices):
    """Business roles, then the three administrations, which never see a client's secrets."""

    CONSULTANT = "consultant", _("Consultant")
    MANAGER = "manager", _("Manager")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    username = models.CharField(_("user name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # A client user belongs to one enterprise. Accounts lie below enterprises, so this is an id, held to its row
    # by a constraint that the enterprises app adds.
    enterprise_id = models.BigIntegerField(_("enterprise"), null=True, blank=True, db_index=True)
    clearance = models.PositiveSmallIntegerField(_("clearance"), choices=Clearance, default=Clearance.INTERNAL)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
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


class RoleGrant(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="role_granted_once",
                violation_error_message=_("This person already has this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
