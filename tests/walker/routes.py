"""Every address of the site, and how each is walked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from tests.declared import WALKED, WITHOUT_DATA
from tests.discovered import load_examples
from tests.walker.data import Walked

from keqiao.faces.columns import field_of
from keqiao.faces.resource import Resource, resources
from keqiao.kernel.models import Blob
from keqiao.kernel.steps.operation import operations_on
from keqiao.kernel.steps.params import ParamKind

# Addresses of the ground floor that show no client's data, each with the reason; those of modules stand in their examples.
GROUND = {
    "language/": "sets a cookie",
    "api/v1/docs": "the description of the API",
    "api/v1/openapi.json": "the description of the API",
    "notifications/seen/": "ticks off",
    "public/": "for every visitor: what the institution offers, nothing of a client",
    "settings/": "the addresses of what is set up",
}


def without_data() -> set[str]:
    load_examples()
    return {*GROUND, *WITHOUT_DATA}


@dataclass(frozen=True)
class Route:
    path: str
    pattern: URLPattern

    @property
    def access(self) -> str:
        return str(getattr(self.pattern.callback, "access", ""))

    @property
    def of_api(self) -> bool:
        return self.path.startswith("api/v1/")

    @property
    def suggests(self) -> bool:
        return str(self.pattern.name).endswith("-choices")

    @property
    def resource(self) -> Resource | None:
        return self.pattern.default_args.get("resource") or api_resource(self.path)


def api_resource(path: str) -> Resource | None:
    parts = path.split("/")
    return next((r for r in resources() if path.startswith("api/v1/") and r.slug == parts[2]), None)


def routes() -> list[Route]:
    return [Route(path, pattern) for path, pattern in _flat(get_resolver().url_patterns)]


def _flat(patterns: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path, one
        else:
            yield from _flat(one.url_patterns, path)


def addresses(route: Route, walked: Walked, key: str) -> list[str]:
    """Where the walker goes on this route; one address a side where the route names a row."""
    if route.resource is not None:
        return of_resource(route, walked, key)
    path = f"/{route.path}"
    for mark, values in special(walked).items():
        if mark in path:
            return [path.replace(mark, str(value)) for value in values]
    found = {
        "search": ["/search/?q=kq", "/search/?q=示例"],
        "home": ["/"],
        "calendar": ["/calendar/?month=2026-03"],
    }
    return found.get(str(route.pattern.name), [path])


def special(walked: Walked) -> dict[str, list[Any]]:
    files = [pk for world in walked.sides.values() for pk in files_of(world)]
    return {
        "files/<int:pk>": [f"files/{pk}" for pk in files],
        **{mark: of(walked) for mark, of in WALKED.items()},
    }


def files_of(world: Any) -> list[int]:
    """One file of each kind of content, of what was uploaded and what the site made."""
    rows = Blob.objects.filter(enterprise_id=world.cast.enterprise.pk).order_by("kind", "-pk")
    return list(dict(rows.values_list("kind", "pk")).values()) + list(rows.values_list("pk", flat=True)[:6])


def of_resource(route: Route, walked: Walked, key: str) -> list[str]:
    resource = route.resource
    assert resource is not None
    path = f"/{route.path}"
    if "<xform:form>" in path:
        forms = ("csv", "xlsx") if key == "outsider" else ("csv",)  # the same cells of the same rows
        return [path.replace("<xform:form>", form) for form in forms]
    paths = (
        [path.replace("<int:pk>", str(pk)) for pk in pks(resource, walked, key)]
        if "<int:pk>" in path
        else [path]
    )
    if "/bulk/" in path or "/views/" in path:
        return [one.replace("<slug:name>", "tag_enterprise") for one in paths[:1]]
    if route.suggests:
        return [choice for one in paths for choice in chosen_at(route, resource, one)]
    if "<slug:name>" in path:
        creates = "<int:pk>" not in path
        names = [op.name for op in operations_on(resource.model) if op.exposed and op.creates == creates]
        return [one.replace("<slug:name>", name) for one in paths for name in names]
    return [f"{one}?per_page=500" if route.of_api and "<int:pk>" not in path else one for one in paths]


def chosen_at(route: Route, resource: Resource, path: str) -> list[str]:
    """Every chooser of the steps, or of the filters, of a resource."""
    if "<slug:param>" not in path:
        return [path.replace("<slug:name>", name) for name in resource.filters if chosen(resource, name)]
    creates = "<int:pk>" not in route.path
    return [
        path.replace("<slug:name>", op.name).replace("<slug:param>", param.name)
        for op in operations_on(resource.model)
        for param in op.params
        if op.exposed and op.creates == creates and param.of in {ParamKind.OBJECT, ParamKind.OBJECTS}
    ]


def chosen(resource: Resource, name: str) -> Any:
    """The model of whose rows a filter offers some, or None."""
    field = field_of(resource.model, name)
    return field.related_model if field is not None else None


def offered(route: Route) -> set[Any]:
    """The models of whose rows the choosers of this route offer some."""
    resource = route.resource
    assert resource is not None
    if "<slug:param>" not in route.path:
        return {chosen(resource, name) for name in resource.filters} - {None}
    creates = "<int:pk>" not in route.path
    steps = [op for op in operations_on(resource.model) if op.exposed and op.creates == creates]
    asked = [param for op in steps for param in op.params]
    return {param.model for param in asked if param.of in {ParamKind.OBJECT, ParamKind.OBJECTS}}


OWN = {"outsider": "theirs", "other client": "theirs"}


def pks(resource: Resource, walked: Walked, key: str) -> list[int]:
    """A row of one's own side, one of another's, and one above most people's clearance."""
    own = OWN.get(key, "ours")
    sides = [own, "ours" if own == "theirs" else "theirs"] if key in THOROUGH else [own]
    found = [walked.sides[side].any_pk(resource.model) for side in (*sides, "secret")]
    return [pk for pk in found if pk is not None]


# These four see every address; the others what differs for them: rows by the API's list, details, pages of their own.
THOROUGH = {"other client", "outsider", "expert", "cleared manager"}


def walked_by(route: Route, key: str) -> bool:
    if route.pattern.name == "account_logout":
        return False
    if route.resource is None:
        return True
    tail = route.path.removeprefix(f"api/v1/{route.resource.slug}/") if route.of_api else ""
    if route.of_api and tail not in {"", "<int:pk>/"}:
        return False  # takes a step: tried for every operation and actor in every_operation
    if key in THOROUGH:
        return route.suggests or "<int:pk>/do/" not in route.path
    return route.suggests or (route.of_api and tail == "") or str(route.pattern.name).endswith("-detail")
