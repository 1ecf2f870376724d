from keqiao.kernel.modules import ModuleConfig


class AccountsConfig(ModuleConfig):
    name = "keqiao.accounts"
