from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "keqiao.organisation"

    def ready(self) -> None:
        from keqiao.organisation import resources  # noqa: F401 - declares what of this app is seen
