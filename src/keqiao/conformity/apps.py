from keqiao.kernel.modules import ModuleConfig


class ConformityConfig(ModuleConfig):
    name = "keqiao.conformity"
