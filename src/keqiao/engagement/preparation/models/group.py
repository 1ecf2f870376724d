"""6.3.1: the working group."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.case.models import EngagementPart


class MemberRole(models.TextChoices):
    LEADER = "leader", _("Leader")
    CONSULTANT = "consultant", _("Consultant")
    EXPERT = "expert", _("Expert")
    CLIENT = "client", _("Client's member")


class Member(EngagementPart):
    """A member of the working group 工作组: staff, expert or the client's person, with the duty each has."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=12, choices=MemberRole)
    duty = models.CharField(_("duty"), max_length=300)
    undertaking_at = models.DateTimeField(
        _("confidentiality undertaking signed at"), null=True, editable=False
    )
    undertaking_sha256 = models.CharField(
        _("hash of the undertaking"), max_length=64, blank=True, editable=False
    )
    left_on = models.DateField(_("left on"), null=True, editable=False)

    class Meta:
        verbose_name = _("member of the working group")
        verbose_name_plural = _("working group")
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "user"],
                name="member_once",
                violation_error_message=_("This person is already in the group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class Task(EngagementPart):
    title = models.CharField(_("task"), max_length=160)
    member = models.ForeignKey(Member, models.PROTECT, related_name="tasks", verbose_name=_("whose"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, editable=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [models.Index(fields=["due_on"], name="task_open_due", condition=models.Q(done_on=None))]

    def __str__(self) -> str:
        return self.title
