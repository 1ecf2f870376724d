"""Bespoke addresses."""

from django.urls import URLPattern, path

from keqiao.conformity import pages

urlpatterns: list[URLPattern] = [
    path("conformity/", pages.overview, name="conformity"),
    path("conformity/report.pdf", pages.download, {"form": "pdf"}, name="conformity-pdf"),
    path("conformity/report.docx", pages.download, {"form": "docx"}, name="conformity-word"),
    path("conformity/<str:clause_id>/", pages.clause_page, name="conformity-clause"),
]
