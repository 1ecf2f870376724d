from keqiao.kernel.steps.modules import ModuleConfig, when_read


class ImportsConfig(ModuleConfig):
    name = "keqiao.imports"

    def ready(self) -> None:
        from keqiao.imports.declaring import must_declare

        when_read("import_list", must_declare)
        super().ready()
