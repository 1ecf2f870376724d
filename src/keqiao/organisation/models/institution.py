from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.models.base import Record


class Institution(Record):
    """The service institution 服务机构 whose site this is, as its papers name it. One row."""

    name = models.CharField(_("institution"), max_length=160)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    representative = models.CharField(_("legal representative"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    bank = models.CharField(_("bank"), max_length=120, blank=True)
    account = models.CharField(_("bank account"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institution")

    def __str__(self) -> str:
        return self.name
