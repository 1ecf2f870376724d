"""Addresses of every resource, from the registry."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

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


def resource_urls() -> list[URLResolver]:
    """Under the slug of each resource, so that an address is looked for among the slugs and then in one of them."""
    return [path(f"{resource.slug}/", include(_of(resource))) for resource in resources()]


def _of(resource: Resource) -> list[URLPattern]:
    slug, given = resource.slug, {"resource": resource}
    page = detail.open_page if page_of(resource.model, "visitor") else detail.detail_page
    return [
        path("", lists.list_page, given, name=f"{slug}-list"),
        path("export.<xform:form>", lists.export, given, name=f"{slug}-export"),
        path("bulk/<slug:name>/", bulk.bulk_page, given, name=f"{slug}-bulk"),
        path("views/", views.save, given, name=f"{slug}-view-save"),
        path("views/<int:pk>/remove/", views.remove, given, name=f"{slug}-view-remove"),
        path("do/<slug:name>/", operate.create_page, given, name=f"{slug}-create"),
        path("pictures/", pictures.pictures_page, given, name=f"{slug}-pictures"),
        path("<int:pk>/", page, given, name=f"{slug}-detail"),
        path("<int:pk>/history/", history.history_page, given, name=f"{slug}-history"),
        path("<int:pk>/do/<slug:name>/", operate.operation_page, given, name=f"{slug}-do"),
        path("choices/<slug:name>/", choices.for_filter, given, name=f"{slug}-filter-choices"),
        path("do/<slug:name>/<slug:param>/", choices.for_new, given, name=f"{slug}-create-choices"),
        path("<int:pk>/do/<slug:name>/<slug:param>/", choices.for_step, given, name=f"{slug}-do-choices"),
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
