"""6.4.2: the satisfaction survey, answered by whoever holds its link, or by the client signed in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from keqiao.engagement.case.pages.link import ask, key_of, opened
from keqiao.engagement.case.permissions import is_its_client
from keqiao.engagement.delivery.models.delivery import Survey
from keqiao.engagement.delivery.operations.survey import answer_survey
from keqiao.engagement.delivery.pages.forms import SurveyForm
from keqiao.engagement.delivery.queries import survey_by_link
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.faces.access import actor_of, signed_in
from keqiao.kernel.platform.actors import VISITOR, Actor
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.platform.policy import visible_object


@opened
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    return _page(request, survey_by_link(secret), VISITOR, base="faces/public_base.html")


@signed_in
@require_http_methods(["GET", "POST"])
def answer_signed_in(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    survey = visible_object(Survey, actor, pk)
    if not is_its_client(actor, survey):
        raise NotFound
    return _page(request, survey, actor, base="faces/portal_base.html")


def _page(request: HttpRequest, survey: Survey, actor: Actor, *, base: str) -> HttpResponse:
    asked = satisfaction.load()
    chinese = (get_language() or "").startswith("zh")
    form = SurveyForm(asked=asked, data=request.POST if request.method == "POST" else None)

    def keep() -> None:
        answer_survey(
            survey=survey,
            actor=actor,
            key=key_of(request, survey.token_sha256),
            scores=form.scores(),
            comment=form.cleaned_data["comment"],
            concern=form.concern(),
        )

    return ask(
        request,
        op=answer_survey,
        subject=survey,
        form=form,
        keep=keep,
        context={
            "base": base,
            "title": asked.title if chinese else asked.title_en,
            "about": survey.engagement.title,
            "introduction": asked.introduction if chinese else asked.introduction_en,
        },
    )
