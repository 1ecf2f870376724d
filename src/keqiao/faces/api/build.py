"""The API, from the registry: list, detail and every operation of each resource, with OpenAPI."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError as BodyError

from keqiao.faces import edit_conflict
from keqiao.faces.access import actor_of
from keqiao.faces.api.answers import problem, row_json
from keqiao.faces.confirmation import described, refuse_unproved
from keqiao.faces.resource import Resource, resources
from keqiao.faces.values import body_of, values_from_json
from keqiao.faces.web.filters import filter_of, rows_found
from keqiao.kernel.platform.errors import Conflict, Invalid, NotFound, Refusal
from keqiao.kernel.platform.whole_numbers import LARGEST, whole_number
from keqiao.kernel.steps.one_time_secret import shown_once
from keqiao.kernel.steps.operation import Operation, run

PER_PAGE, MOST = 50, 500


def build(*, auth: Sequence[Callable[[HttpRequest], Any]], docs_decorator: Callable[[Any], Any]) -> NinjaAPI:
    """Every endpoint asks `auth`; rows come through the policy, refusals as problem documents."""
    api = NinjaAPI(
        title="Keqiao 科桥", version="1", auth=list(auth), docs_decorator=docs_decorator, urls_namespace="api"
    )
    api.add_exception_handler(Refusal, _refusal)
    api.add_exception_handler(BodyError, _body_error)
    for resource in resources():
        api.add_router(f"/{resource.slug}/", _router(resource))
    return api


def _refusal(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, error)


def _body_error(request: HttpRequest, error: Any) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        where = ".".join(str(part) for part in fault["loc"] if part not in ("body", "query", "path"))
        fields.setdefault(where or "body", []).append(fault["msg"])
    return problem(request, Invalid(fields=fields))


def _router(resource: Resource) -> Router:
    router = Router(tags=[resource.slug])
    router.get("", operation_id=f"list_{resource.slug}", summary=resource.title)(_list_view(resource))
    router.get("{int:pk}/", operation_id=f"get_{resource.slug}", summary=resource.one)(_detail_view(resource))
    for op in resource.operations:
        if op.exposed:
            view, where = (
                (_create_view(resource, op), "")
                if op.creates
                else (_operation_view(resource, op), "{int:pk}/")
            )
            verb = op.name.replace("_", "-")
            router.post(
                f"{where}{verb}/",
                operation_id=op.name,
                summary=str(op.label),
                description=f"clause {op.clause}",
                openapi_extra=described(op),
            )(view)
    return router


def _list_view(resource: Resource) -> Callable[..., Any]:
    def view(request: HttpRequest, page: int = 1, per_page: int = PER_PAGE) -> dict[str, Any]:
        actor = actor_of(request)
        rows = rows_found(filter_of(resource, actor, request.GET, resource.rows(actor)))
        size = max(1, min(per_page, MOST))
        start = min(max(0, page - 1) * size, LARGEST - size)
        names = resource.readable(actor, resource.api_fields)
        return {
            "count": rows.count(),
            "page": page,
            "items": [row_json(row, names) for row in rows[start : start + size]],
        }

    return view


def _detail_view(resource: Resource) -> Callable[..., Any]:
    def view(request: HttpRequest, pk: int) -> dict[str, Any]:
        actor = actor_of(request)
        return row_json(resource.get(actor, pk), resource.readable(actor, resource.api_fields))

    return view


def _create_view(resource: Resource, op: Operation) -> Callable[..., Any]:
    body_model = body_of(op)

    def view(request: HttpRequest, body: body_model) -> dict[str, Any]:  # type: ignore[valid-type]
        actor = actor_of(request)
        op.permission.require(actor, clause=op.clause)
        values = values_from_json(op, body, actor=actor, subject=None)
        refuse_unproved(op, request)  # last: a code is good once, and not to be spent on a typing error
        result = run(op, actor=actor, key=_key(request), **values)
        return _answer(resource, actor, result)

    return view


def _operation_view(resource: Resource, op: Operation) -> Callable[..., Any]:
    body_model = body_of(op)

    def view(request: HttpRequest, pk: int, body: body_model) -> dict[str, Any]:  # type: ignore[valid-type]
        actor = actor_of(request)
        subject = resource.get(actor, pk)
        op.permission.require(actor, subject, clause=op.clause)
        values = values_from_json(op, body, actor=actor, subject=subject)
        refuse_unproved(op, request)
        about = {op.subject: subject}
        try:
            run(op, actor=actor, key=_key(request), expected_version=_version(request), **about, **values)
        except Conflict as conflict:
            conflict.changes = edit_conflict.changes(op, subject, values, actor)
            raise
        return _answer(resource, actor, subject)

    return view


def _answer(resource: Resource, actor: Any, item: Any) -> dict[str, Any]:
    """What became of the object, if the actor may still see it."""
    once = [{"label": str(secret.label), "value": secret.value} for secret in shown_once(item)]
    also = {"shown_once": once} if once else {}
    try:
        return row_json(resource.get(actor, item.pk), resource.readable(actor, resource.api_fields)) | also
    except NotFound:
        return {"id": item.pk} | also


def _key(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")[:80]


def _version(request: HttpRequest) -> int | None:
    header = request.headers.get("If-Match", "").strip('"')
    version = whole_number(header)
    if header and version is None:
        raise Invalid(_("A version is a whole number, such as 3."), field="If-Match")
    return version
