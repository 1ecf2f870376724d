"""Answers of the API: a row, or a problem that says what is wrong, which clause asks for it, and what to do."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, JsonResponse

from keqiao.faces.columns import as_json, value_of
from keqiao.faces.confirmation import Unconfirmed
from keqiao.kernel.platform.errors import Conflict, Invalid, Refusal
from keqiao.kernel.platform.reckoned import ReckonedDay


def row_json(item: Model, names: tuple[str, ...]) -> dict[str, Any]:
    answer: dict[str, Any] = {"id": item.pk, **{name: as_json(item, name) for name in names}}
    for name in names:
        if isinstance(day := value_of(item, name), ReckonedDay):
            answer[f"{name}_provisional"] = day.provisional
    if hasattr(item, "version"):
        answer["version"] = item.version
    return answer


def problem(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """An application/problem+json document (RFC 9457) with our own members beside the standard ones."""
    body: dict[str, Any] = {
        "title": str(refusal.message),
        "status": refusal.status,
        "clause": refusal.clause,
        "remedy": str(refusal.remedy),
        "request_id": getattr(request, "request_id", ""),
    }
    if refusal.missing:
        body["missing"] = [
            {"text": str(item.text), "clause": item.clause, "remedy": str(item.remedy)}
            for item in refusal.missing
        ]
    if isinstance(refusal, Unconfirmed):
        body["needs"] = refusal.header
    if refusal.fields or isinstance(refusal, Invalid):
        body["fields"] = {name: [str(text) for text in texts] for name, texts in refusal.fields.items()}
    if isinstance(refusal, Conflict):
        body["changes"] = refusal.changes
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")
