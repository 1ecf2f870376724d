from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "keqiao.engagement"

    def ready(self) -> None:
        from keqiao.engagement import resources  # noqa: F401 - declares what of this app is seen
