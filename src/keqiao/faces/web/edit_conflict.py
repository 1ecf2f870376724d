"""Someone else was first: what they did, what that means for the form written before, and when it means nothing."""

import json
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from keqiao.faces import edit_conflict
from keqiao.faces.access import actor_of
from keqiao.faces.history import last_entries
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.whole_numbers import whole_number
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.operation import Operation

VERSION, BEGAN = "expected_version", "began_with"
MOST = 5  # steps of others that are named


def expected(request: HttpRequest) -> int | None:
    """The version the form was written on, None where it carries none. Raises Invalid for what is no version: the check
    is never left out by mistake."""
    sent = request.POST.get(VERSION, "")
    version = whole_number(sent)
    if sent and version is None:
        raise Invalid(_("A version is a whole number, such as 3."), field=VERSION)
    return version


def began(request: HttpRequest, op: Operation, subject: Any) -> str:
    """What the form begins with, carried along so that the second writer sees what was there."""
    return json.dumps(standing(request, op, subject), ensure_ascii=False)


def standing(request: HttpRequest, op: Operation, subject: Any) -> dict[str, str]:
    sent = {**request.POST.dict(), **request.GET.dict()}
    return edit_conflict.standing(op, subject, actor_of(request), sent)


def means_nothing(request: HttpRequest, op: Operation, subject: Any) -> bool:
    """What the form began with stands there unchanged, and the step moves nothing: then what others did to the same
    object, such as writing another element of the contract, is no matter to it."""
    if op.danger or subject is None:
        return False
    subject.refresh_from_db()
    if op.changes_state(subject):
        return False
    now = standing(request, op, subject)
    return bool(now) and edit_conflict.parsed(request.POST.get(BEGAN, "")) == now


def conflict(request: HttpRequest, op: Operation, subject: Any, form: Form) -> dict[str, Any]:
    """What the others did beside what was typed here; `subject` is what stands there now. Saved again, the form counts as
    written on that."""
    seen = expected(request)
    passed = getattr(subject, "version", 0) - seen if seen is not None else 1
    steps = last_entries(subject, actor=actor_of(request), most=max(1, min(passed, MOST)))
    labels = {op.name: op.label for op in operation.operations()}
    rows = edit_conflict.rows(
        op,
        standing(request, op, subject),
        form.cleaned_data,
        actor_of(request),
        request.POST.get(BEGAN, ""),
    )
    return {
        "rows": rows,
        "steps": [{"by": e.by, "at": e.at, "label": labels.get(e.step, e.step)} for e in steps],
    }
