from keqiao.kernel.steps import modules
from keqiao.kernel.steps.modules import ModuleConfig


class ConformityConfig(ModuleConfig):
    name = "keqiao.conformity"

    def ready(self) -> None:
        from keqiao.conformity.references import check_references

        super().ready()
        modules.when_all_are_read(check_references)
