"""Addresses."""

from django.urls import URLPattern, path

from keqiao.oversight import pages

urlpatterns: list[URLPattern] = [
    path("enterprises/<int:pk>/service-file/", pages.service_file_page, name="service-file"),
    *(
        path(
            f"enterprises/<int:pk>/service-file.{form}",
            pages.service_file_download,
            {"form": form},
            name=f"service-file-{form}",
        )
        for form in pages.FORMS
    ),
    path("held/", pages.held, name="held"),
    path("held/<int:pk>/", pages.held_by_person, name="held-by"),
]
