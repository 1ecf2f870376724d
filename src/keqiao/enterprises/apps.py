from keqiao.kernel.modules import ModuleConfig


class EnterprisesConfig(ModuleConfig):
    name = "keqiao.enterprises"
