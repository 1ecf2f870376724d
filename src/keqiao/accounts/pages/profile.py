"""What is stored about me, on a page and as a copy to take away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.accounts.models import Event, Role, User
from keqiao.accounts.operations.events import record_event
from keqiao.accounts.queries import data_about
from keqiao.accounts.signin.confirmation import confirmation_required
from keqiao.faces.access import signed_in
from keqiao.faces.page import Row, render_page


@dataclass(frozen=True)
class ProfilePage:
    panel_title: str
    rows: list[Row]
    event_count: int


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    page = ProfilePage(str(_("My account")), rows_of(request.user), request.user.security_events.count())
    return render_page(request, "account/profile.html", page)


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


def rows_of(user: User) -> list[Row]:
    roles = "、".join(str(Role(role).label) for role in sorted(user.roles))
    return [
        Row(label=_("User name"), value=user.username),
        Row(label=_("Full name"), value=user.name),
        Row(label=_("E-mail"), value=user.email),
        Row(label=_("Telephone"), value=user.phone),
        Row(label=_("Kind"), value=user.get_kind_display()),
        Row(label=_("Roles"), value=roles),
        Row(label=_("Clearance"), value=user.get_clearance_display()),
        Row(label=_("Account opened"), value=user.created_at, kind="moment"),
        Row(label=_("Last signed in"), value=user.last_login, kind="moment"),
    ]
