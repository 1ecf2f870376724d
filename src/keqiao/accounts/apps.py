from keqiao.kernel.steps.modules import ModuleConfig


class AccountsConfig(ModuleConfig):
    name = "keqiao.accounts"
