from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keqiao.kernel.models.base import Record
from keqiao.kernel.platform.validity import Term


class Post(Record):
    """A post 岗位 with its duties and the competences it wants (4.2.1, 4.2.3, 4.4.1 a)."""

    term = Term(ended="retired_on")

    name = models.CharField(_("post"), max_length=80, unique=True)
    duties = models.TextField(_("duties"), blank=True)
    is_management = models.BooleanField(_("management post"), default=False)
    competences = models.ManyToManyField(
        "organisation.Competence", blank=True, verbose_name=_("competences wanted")
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.name


class StaffProfile(Record):
    """A member of staff 服务人员 in a post, until the account is disabled."""

    term = Term(begins="since", also=models.Q(user__is_active=True))

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff_profile", verbose_name=_("person")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="staff", verbose_name=_("post"))
    since = models.DateField(_("in this post since"))
    education = models.CharField(_("education"), max_length=120, blank=True)
    experience = models.TextField(_("experience"), blank=True)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return str(self.user)


class Expert(Record):
    """An expert 专家 of the pool (4.2.5)."""

    term = Term(ended="retired_on")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expert_profile",
        verbose_name=_("account"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80)
    title = models.CharField(_("professional title"), max_length=80, blank=True)
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    fields = models.CharField(
        _("fields"), max_length=300, help_text=_("Fields of expertise, a comma between.")
    )
    credentials = models.TextField(_("credentials"), blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return self.name
