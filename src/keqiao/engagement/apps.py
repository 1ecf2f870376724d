from keqiao.kernel.modules import ModuleConfig


class EngagementConfig(ModuleConfig):
    name = "keqiao.engagement"
