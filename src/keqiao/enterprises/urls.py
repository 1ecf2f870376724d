"""Bespoke addresses. They stand before those of the resources."""

from django.urls import URLPattern, path

from keqiao.enterprises import pages

urlpatterns: list[URLPattern] = [
    path("imports/template.xlsx", pages.template, name="imports-template"),
    path("imports/<int:pk>/progress/", pages.import_progress, name="imports-progress"),
    path("enterprises/<int:pk>/", pages.enterprise_page, name="enterprise"),
]
