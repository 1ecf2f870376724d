from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "keqiao.portal"

    def ready(self) -> None:
        from keqiao.portal import resources  # noqa: F401 - declares what of this app is seen
