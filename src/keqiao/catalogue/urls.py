"""Bespoke addresses."""

from django.urls import URLPattern, path

from keqiao.catalogue import pages

urlpatterns: list[URLPattern] = [path("public/services/", pages.services, name="public-services")]
