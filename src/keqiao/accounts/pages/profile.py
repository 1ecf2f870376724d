"""What is stored about me, on a page and as a copy to take away."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.accounts.models import Event, Role, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import data_about
from keqiao.accounts.signin.confirmation import confirmation_required
from keqiao.faces.access import signed_in


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        "panel_title": _("My account"),
        "rows": rows_of(request.user),
        "event_count": request.user.security_events.count(),
    }
    return render(request, "account/profile.html", context)


@signed_in
@confirmation_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    record_event(event=Event.DATA_EXPORTED, user=request.user, request=request)
    answer = JsonResponse(
        data_about(user=request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="keqiao-{request.user.pk}.json"'
    return answer


def rows_of(user: User) -> list[dict[str, object]]:
    roles = "、".join(str(Role(role).label) for role in sorted(user.roles))
    return [
        {"label": _("User name"), "value": user.username},
        {"label": _("Full name"), "value": user.name},
        {"label": _("E-mail"), "value": user.email},
        {"label": _("Telephone"), "value": user.phone},
        {"label": _("Kind"), "value": user.get_kind_display()},
        {"label": _("Roles"), "value": roles},
        {"label": _("Clearance"), "value": user.get_clearance_display()},
        {"label": _("Account opened"), "value": user.created_at, "kind": "moment"},
        {"label": _("Last signed in"), "value": user.last_login, "kind": "moment"},
    ]
