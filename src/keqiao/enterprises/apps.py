from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "keqiao.enterprises"

    def ready(self) -> None:
        from keqiao.enterprises import resources  # noqa: F401 - declares what of this app is seen
