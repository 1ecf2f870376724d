from keqiao.kernel.steps.modules import ModuleConfig


class ConformityConfig(ModuleConfig):
    name = "keqiao.conformity"
