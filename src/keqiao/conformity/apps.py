from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "keqiao.conformity"

    def ready(self) -> None:
        from keqiao.conformity import resources  # noqa: F401 - declares what of this app is seen
