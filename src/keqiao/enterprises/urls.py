"""Bespoke addresses. They stand before those of the resources."""

from django.urls import URLPattern, path

from keqiao.enterprises import pages

urlpatterns: list[URLPattern] = [
    path("enterprises/<int:pk>/", pages.enterprise_page, name="enterprise"),
]
