from keqiao.kernel.steps.modules import ModuleConfig


class SampleConfig(ModuleConfig):
    name = "tests.sample"
