from keqiao.kernel.modules import ModuleConfig


class OversightConfig(ModuleConfig):
    name = "keqiao.oversight"
