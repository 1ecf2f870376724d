"""A role that someone holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models.user import User


class Role(models.TextChoices):
    """Business roles, then the three administrations, which never see a client's secrets."""

    CONSULTANT = "consultant", _("Consultant")
    MANAGER = "manager", _("Manager")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


ADMINISTRATIONS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


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
            models.UniqueConstraint(
                fields=["user"],
                name="one_administration",
                condition=models.Q(role__in=sorted(ADMINISTRATIONS)),
                violation_error_message=_("One person holds only one of the three administrations."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
