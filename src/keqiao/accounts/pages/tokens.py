"""Making, listing and revoking one's own API tokens."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.accounts.models import ApiToken, Scope, User
from keqiao.accounts.models.api_token import MOST_DAYS
from keqiao.accounts.operations.tokens import create_token, revoke_token
from keqiao.accounts.queries import tokens_of
from keqiao.accounts.signin.confirmation import confirmation_required_to_change
from keqiao.faces.access import signed_in
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import WrongState
from keqiao.kernel.platform.written_fields import WholeField


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What the token is for, such as a program's name.")
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=Scope.choices)
    days = WholeField(label=_("Valid for days"), min_value=1, max_value=MOST_DAYS, initial=90)


@signed_in
@never_cache
@confirmation_required_to_change
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form, new_token = TokenForm(request.POST or None), None
    if form.is_valid():
        new_token = create_token(actor=request.user, **form.cleaned_data)
        form = TokenForm()
    now = clock.now()
    tokens = list(tokens_of(user=request.user))
    for token in tokens:
        token.works = token.is_valid(now=now)  # type: ignore[attr-defined]
    return render(request, "account/tokens.html", {"form": form, "new_token": new_token, "tokens": tokens})


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    token = tokens_of(user=request.user).filter(pk=pk).first()
    if token is None:
        raise Http404
    _revoke_once(token, request.user)
    return redirect("account_tokens")


def _revoke_once(token: ApiToken, user: User) -> None:
    try:
        revoke_token(token=token, actor=user)
    except WrongState:
        return  # a second click: what was wanted is so already
