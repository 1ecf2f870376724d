"""Addresses of the whole site."""

from django.urls import URLPattern, URLResolver, include, path

from keqiao.accounts.api import bearer, session
from keqiao.conformity.urls import urlpatterns as conformity_urls
from keqiao.engagement.urls import urlpatterns as engagement_urls
from keqiao.enterprises.urls import urlpatterns as enterprise_urls
from keqiao.faces.access import signed_in
from keqiao.faces.api.build import build
from keqiao.faces.web.urls import common_urls, resource_urls
from keqiao.imports.urls import urlpatterns as import_urls
from keqiao.oversight.urls import urlpatterns as oversight_urls
from keqiao.portal.urls import urlpatterns as portal_urls

api = build(auth=[bearer, session], docs_decorator=signed_in)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("keqiao.accounts.urls")),
    path("api/v1/", api.urls),
    *common_urls,
    *portal_urls,
    *conformity_urls,
    *oversight_urls,
    *enterprise_urls,
    *import_urls,
    *engagement_urls,
    *resource_urls(),
]
handler400 = "keqiao.faces.web.errors.bad_request"
handler403 = "keqiao.faces.web.errors.forbidden"
handler404 = "keqiao.faces.web.errors.not_found"
handler500 = "keqiao.faces.web.errors.server_error"
