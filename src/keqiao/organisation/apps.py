from keqiao.kernel.modules import ModuleConfig


class OrganisationConfig(ModuleConfig):
    name = "keqiao.organisation"
