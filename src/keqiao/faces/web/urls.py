"""Addresses of every resource, from the registry."""

from django.urls import URLPattern, path, register_converter

from keqiao.faces.portal import page_of
from keqiao.faces.resource import Resource, resources
from keqiao.faces.web import (
    activity,
    bulk,
    calendar,
    choices,
    detail,
    files,
    find,
    history,
    home,
    language,
    lists,
    operate,
    pictures,
    setup,
    views,
)


class ExportForm:
    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ExportForm, "xform")


def resource_urls() -> list[URLPattern]:
    return [pattern for resource in resources() for pattern in _of(resource)]


def _of(resource: Resource) -> list[URLPattern]:
    slug, given = resource.slug, {"resource": resource}
    page = detail.open_page if page_of(resource.model, "visitor") else detail.detail_page
    return [
        path(f"{slug}/", lists.list_page, given, name=f"{slug}-list"),
        path(f"{slug}/export.<xform:form>", lists.export, given, name=f"{slug}-export"),
        path(f"{slug}/bulk/<slug:name>/", bulk.bulk_page, given, name=f"{slug}-bulk"),
        path(f"{slug}/views/", views.save, given, name=f"{slug}-view-save"),
        path(f"{slug}/views/<int:pk>/remove/", views.remove, given, name=f"{slug}-view-remove"),
        path(f"{slug}/do/<slug:name>/", operate.create_page, given, name=f"{slug}-create"),
        path(f"{slug}/pictures/", pictures.pictures_page, given, name=f"{slug}-pictures"),
        path(f"{slug}/<int:pk>/", page, given, name=f"{slug}-detail"),
        path(f"{slug}/<int:pk>/history/", history.history_page, given, name=f"{slug}-history"),
        path(f"{slug}/<int:pk>/do/<slug:name>/", operate.operation_page, given, name=f"{slug}-do"),
        path(f"{slug}/choices/<slug:name>/", choices.for_filter, given, name=f"{slug}-filter-choices"),
        path(f"{slug}/do/<slug:name>/<slug:param>/", choices.for_new, given, name=f"{slug}-create-choices"),
        path(
            f"{slug}/<int:pk>/do/<slug:name>/<slug:param>/",
            choices.for_step,
            given,
            name=f"{slug}-do-choices",
        ),
    ]


common_urls = [
    path("", home.home, name="home"),
    path("late/", home.late_page, name="late"),
    path("due/", home.own_page, name="own-due"),
    path("search/", find.search_page, name="search"),
    path("notifications/", activity.activity_page, name="activity"),
    path("notifications/seen/", activity.seen, name="activity-seen"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("files/<int:pk>/", files.file_page, name="file"),
    path("settings/", setup.settings_page, name="settings"),
    path("language/", language.choose, name="language"),
]
