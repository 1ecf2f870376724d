from keqiao.kernel.steps.modules import ModuleConfig


class EngagementConfig(ModuleConfig):
    name = "keqiao.engagement"
    slices = ("case", "intake", "contracting", "preparation", "delivery", "archive")
