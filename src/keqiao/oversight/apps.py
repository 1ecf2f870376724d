from keqiao.kernel.steps.modules import ModuleConfig


class OversightConfig(ModuleConfig):
    name = "keqiao.oversight"
