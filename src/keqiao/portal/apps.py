from keqiao.kernel.steps.modules import ModuleConfig


class PortalConfig(ModuleConfig):
    name = "keqiao.portal"
