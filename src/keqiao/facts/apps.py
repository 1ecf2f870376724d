from keqiao.kernel.modules import ModuleConfig


class FactsConfig(ModuleConfig):
    name = "keqiao.facts"
