from keqiao.kernel.steps.modules import ModuleConfig


class FactsConfig(ModuleConfig):
    name = "keqiao.facts"
