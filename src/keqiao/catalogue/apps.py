from keqiao.kernel.steps.modules import ModuleConfig


class CatalogueConfig(ModuleConfig):
    name = "keqiao.catalogue"
