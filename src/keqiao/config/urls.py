"""Addresses of the whole site."""

from collections.abc import Iterator
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from keqiao.accounts.api import bearer, session
from keqiao.faces.access import signed_in
from keqiao.faces.api.build import build
from keqiao.faces.web.routes import refuse_unknown_routes
from keqiao.faces.web.urls import common_urls, resource_urls
from keqiao.kernel.steps.modules import installed

OF_ITS_OWN = "accounts"  # the one module whose addresses stand under a word of their own


def urls_of_modules() -> Iterator[URLPattern | URLResolver]:
    """The `urls.py` of every module that has one, the highest first."""
    for config in reversed(list(installed())):
        if "urls" in config.about.declares and config.label != OF_ITS_OWN:
            yield from import_module(f"{config.name}.urls").urlpatterns


api = build(auth=[bearer, session], docs_decorator=signed_in)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("keqiao.accounts.urls")),
    path("api/v1/", api.urls),
    *common_urls,
    *urls_of_modules(),
    *resource_urls(),
]
refuse_unknown_routes(urlpatterns)
handler400 = "keqiao.faces.web.errors.bad_request"
handler403 = "keqiao.faces.web.errors.forbidden"
handler404 = "keqiao.faces.web.errors.not_found"
handler500 = "keqiao.faces.web.errors.server_error"
