from keqiao.kernel.steps.modules import ModuleConfig


class EngagementConfig(ModuleConfig):
    name = "keqiao.engagement"
