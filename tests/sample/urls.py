"""Bespoke addresses."""

from django.urls import URLPattern, path
from tests.sample import pages

urlpatterns: list[URLPattern] = [path("public/lending/", pages.lending, name="public-lending")]
