"""Where an invited person sets the first password. Looking doesn't use the link up: mail scanners look."""

from allauth.account.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from keqiao.accounts.operations.invitations import accept_invitation, open_invitation
from keqiao.faces.access import by_link
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import NotFound


@by_link
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        answer = _accept(request, secret)
    except NotFound:
        answer = render(request, "account/invitation_closed.html", status=404)
    # Not no-referrer: browsers then send the form with the origin "null", and it is refused as forged.
    answer["Referrer-Policy"] = "strict-origin"
    return answer


def _accept(request: HttpRequest, secret: str) -> HttpResponse:
    user = open_invitation(secret=secret, now=clock.now()).user
    form = SetPasswordForm(data=request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "account/invitation.html", {"form": form, "invited": user})
    accept_invitation(secret=secret, password=form.cleaned_data["password1"])
    return redirect("account_login")
