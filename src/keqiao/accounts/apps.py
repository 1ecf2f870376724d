from django.utils.translation import gettext_lazy as _

from keqiao.kernel.steps.modules import ModuleConfig


class AccountsConfig(ModuleConfig):
    name = "keqiao.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from keqiao.accounts import permissions
        from keqiao.accounts.pages import events
        from keqiao.accounts.signin import confirmation, proof, receivers
        from keqiao.faces import confirmation as steps
        from keqiao.faces import egress_log
        from keqiao.kernel.record import append_only

        permissions.register()
        receivers.connect()
        append_only.guard("accounts_securityevent")
        egress_log.register(events.write_egress)
        steps.register(asks=confirmation.confirmation_required_to_change, proved=proof.proved)
        super().ready()
