"""Lists of the house against the framework's own admin over the same rows, in the same process: milliseconds of CPU.

The admin shows the same columns of as many rows, with a search box; once bare, once with those filters that are choices.
"""

import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import include, path

from house import rows
from house.pages import BACKEND
from keqiao.catalogue.models import ServiceItem
from keqiao.config import urls as own_urls
from keqiao.engagement.models import Contract, Deliverable, Engagement
from keqiao.enterprises.models import Enterprise
from keqiao.faces.columns import field_at, field_of
from keqiao.faces.resource import Resource, resource_of

TIMES = 40
PER_PAGE = 50
LISTS = (Engagement, Enterprise, Contract, Deliverable, ServiceItem)
TAGS = ("admin_list", "admin_urls", "admin_modify")


class Open(AdminSite):
    """Everybody may: who may is not what is measured."""

    def has_permission(self, _request: HttpRequest) -> bool:
        return True

    def get_log_entries(self, _request: HttpRequest) -> Any:
        return ()


def part_lists(args: Namespace) -> None:
    manager, consultants = rows.people()
    with rows.timed(f"lay out {args.large:,} enterprises, {args.engagements:,} engagements"):
        rows.enterprises(args.large, consultants)
        rows.engagements(args.engagements, consultants)
        rows.parts()
        rows.settle()
    bare, filtered = site("bare", filters=False), site("filtered", filters=True)
    client = Client()
    client.force_login(manager, backend=BACKEND)
    print(
        f"\n{'list of ' + str(PER_PAGE):24}{'here ms':>10}{'admin ms':>10}{'ratio':>8}{'with filters ms':>17}{'ratio':>8}"
    )
    with override_settings(TEMPLATES=with_admin(), ROOT_URLCONF=tuple_of(bare, filtered)):
        for model in LISTS:
            label = model._meta.label_lower.replace(".", "/")
            addresses = [
                f"/{resource(model).slug}/?per_page={PER_PAGE}", f"/bare/{label}/", f"/filtered/{label}/"
            ]  # fmt: skip
            here, there, full = side_by_side([lambda at=at: fetch(client, at) for at in addresses])
            print(
                f"{resource(model).slug:24}{here:10.1f}{there:10.1f}{here / there:8.2f}{full:17.1f}{here / full:8.2f}",
                flush=True,
            )


def resource(model: Any) -> Resource:
    found = resource_of(model)
    assert found is not None
    return found


def fetch(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def side_by_side(calls: list[Callable[[], None]]) -> list[float]:
    """The least of many turns of each, turn about, so that what else runs on the machine strikes all alike."""
    for call in calls:
        call()
    best = [float("inf")] * len(calls)
    for _ in range(TIMES):
        for place, call in enumerate(calls):
            start = time.process_time()
            call()
            best[place] = min(best[place], (time.process_time() - start) * 1000)
    return best


def site(name: str, *, filters: bool) -> AdminSite:
    made = Open(name)
    for model in LISTS:
        known = resource(model)
        choices = tuple(one for one in known.filters if getattr(field_at(model, one), "choices", None))
        values = {
            "list_display": tuple(one for one in known.columns if shown(model, one)),
            "list_select_related": known.related,
            "list_per_page": PER_PAGE,
            "search_fields": ("pk",),
            "ordering": known.order,
            "list_filter": choices if filters else (),
            **{f"has_{what}_permission": yes for what in ("view", "change", "add", "delete", "module")},
        }
        made.register(model, type(f"{name}{model.__name__}", (admin.ModelAdmin,), values))
    return made


def shown(model: Any, name: str) -> bool:
    """The admin takes fields, and attributes of the class, but no relation of many."""
    found = field_of(model, name)
    return hasattr(model, name) if found is None else not found.many_to_many


def with_admin() -> list[dict[str, Any]]:
    """The admin isn't installed here, so its templates and tags are named: in an engine of its own, with what it needs in
    its context and nothing of the house."""
    options = {
        "libraries": {name: f"django.contrib.admin.templatetags.{name}" for name in TAGS},
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ],
    }
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "admin",
        "DIRS": [str(Path(admin.__file__).parent / "templates")],
        "OPTIONS": options,
    }
    return [*settings.TEMPLATES, engine]


def tuple_of(*sites: AdminSite) -> Any:
    class Urls:
        urlpatterns = [*own_urls.urlpatterns, *(path(f"{one.name}/", include(routes(one))) for one in sites)]

    return Urls


def routes(made: AdminSite) -> Any:
    patterns, app, _name = made.urls
    return list(patterns), app


def yes(*_args: Any) -> bool:
    return True
