from keqiao.kernel.modules import ModuleConfig


class PortalConfig(ModuleConfig):
    name = "keqiao.portal"
