"""How I want to be reminded."""

from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods

from keqiao.accounts.models import ReminderChoice, User
from keqiao.accounts.operations.reminders import choice_of, choose_reminders
from keqiao.faces.access import signed_in
from keqiao.kernel.platform.mail import sendable

DAYS = (0, 1, 2, 3, 5, 10)
HOURS = [time(half // 2, 30 * (half % 2)) for half in range(12, 43)]  # from 6:00 to 21:00


def words_of(days: int) -> Any:
    said = ngettext_lazy("%(days)s working day before", "%(days)s working days before", "days") % {
        "days": days
    }
    return said if days else _("on the day itself")


class ReminderForm(forms.Form):
    active = forms.BooleanField(label=_("remind me by e-mail"), required=False)
    before = forms.TypedMultipleChoiceField(
        label=_("working days before"),
        choices=[(day, words_of(day)) for day in DAYS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: as is usual for each kind, mostly 3 and 1 working days before."),
    )
    late = forms.BooleanField(label=_("each working day while something is late"), required=False)
    hour = forms.TypedChoiceField(
        label=_("at what time"),
        choices=[(f"{moment:%H:%M}", f"{moment:%H:%M}") for moment in HOURS],
        coerce=time.fromisoformat,
        help_text=_("On working days, one letter with everything."),
    )


def initial(choice: ReminderChoice) -> dict[str, Any]:
    return {
        "active": choice.active,
        "before": choice.before or [],
        "late": choice.late,
        "hour": f"{choice.hour:%H:%M}",
    }


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ReminderForm(request.POST or None, initial=initial(choice_of(request.user)))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data | {"before": form.cleaned_data["before"] or None}
        choose_reminders(actor=request.user, **chosen)
        messages.success(request, _("Saved."))
        return redirect("account_reminders")
    return render(
        request, "account/reminders.html", {"form": form, "email": "".join(sendable([request.user.email]))}
    )
