from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "keqiao.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from keqiao.accounts import permissions
        from keqiao.accounts.signin import receivers

        permissions.register()
        receivers.connect()
