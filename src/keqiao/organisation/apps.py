from keqiao.kernel.steps.modules import ModuleConfig


class OrganisationConfig(ModuleConfig):
    name = "keqiao.organisation"
