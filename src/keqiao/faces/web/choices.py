"""What a chooser asks while someone types: rows they may choose there, as a select takes them."""

from typing import Any

from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.choosers import open_rows, suggested
from keqiao.faces.columns import field_at
from keqiao.faces.resource import Resource
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import ParamKind

LONGEST = 200


@signed_in
@require_safe
def for_new(request: HttpRequest, resource: Resource, name: str, param: str) -> JsonResponse:
    """Of a step that creates."""
    return _of_step(request, _operation(resource, name, creates=True), None, param)


@signed_in
@require_safe
def for_step(request: HttpRequest, resource: Resource, pk: int, name: str, param: str) -> JsonResponse:
    """Of a step on one row, narrowed as the step narrows it."""
    op = _operation(resource, name, creates=False)
    return _of_step(request, op, resource.get(actor_of(request), pk), param)


@signed_in
@require_safe
def for_filter(request: HttpRequest, resource: Resource, name: str) -> JsonResponse:
    """Of a filter above a list."""
    actor = actor_of(request)
    field = field_at(resource.model, name) if name in resource.readable(actor, resource.filters) else None
    if not isinstance(field, ForeignKey | ManyToManyField):
        raise NotFound
    return _answer(request, policy.visible(field.related_model, actor, "choose"))


def _operation(resource: Resource, name: str, *, creates: bool) -> Operation:
    operations = [
        op for op in resource.operations if op.name == name and op.exposed and op.creates == creates
    ]
    if not operations:
        raise NotFound
    return operations[0]


def _of_step(request: HttpRequest, op: Operation, subject: Model | None, name: str) -> JsonResponse:
    actor = actor_of(request)
    params = [
        param
        for param in op.params
        if param.name == name and param.of in {ParamKind.OBJECT, ParamKind.OBJECTS}
    ]
    if not params or not op.permission(actor, subject):
        raise NotFound
    return _answer(request, open_rows(params[0], actor=actor, subject=subject))


def _answer(request: HttpRequest, rows: "QuerySet[Any]") -> JsonResponse:
    text = request.GET.get("q", "")[:LONGEST]
    suggestions = suggested(rows, text, actor=actor_of(request))
    return JsonResponse([{"value": str(row.pk), "text": str(row)} for row in suggestions], safe=False)
