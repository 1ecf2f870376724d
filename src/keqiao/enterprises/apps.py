from keqiao.kernel.steps.modules import ModuleConfig


class EnterprisesConfig(ModuleConfig):
    name = "keqiao.enterprises"
