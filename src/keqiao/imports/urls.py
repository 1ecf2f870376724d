"""Bespoke addresses. They stand before those of the resources."""

from django.urls import URLPattern, path

from keqiao.faces.web import urls  # noqa: F401 - registers how the form of an export stands in an address
from keqiao.imports import pages

urlpatterns: list[URLPattern] = [
    path("imports/lists/", pages.lists_page, name="imports-lists"),
    path("imports/lists/<slug:slug>/template.xlsx", pages.template, name="imports-template"),
    path("imports/filled/<slug:slug>.<xform:form>", pages.filled, name="imports-filled"),
    path("imports/<int:pk>/to-correct.xlsx", pages.marked_rows, name="imports-marked"),
    path("imports/<int:pk>/progress/", pages.import_progress, name="imports-progress"),
]
