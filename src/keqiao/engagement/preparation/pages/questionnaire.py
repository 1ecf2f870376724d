"""6.3.2: a questionnaire answered by whoever holds its link."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keqiao.engagement.case.pages.link import ask, key_of, opened
from keqiao.engagement.delivery.pages.forms import QuestionnaireForm
from keqiao.engagement.preparation.operations.questionnaire import answer_questionnaire
from keqiao.engagement.preparation.queries import questionnaire_link
from keqiao.kernel.platform.actors import VISITOR


@opened
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    link = questionnaire_link(secret)
    questions = list(link.questionnaire.questions.order_by("position"))
    form = QuestionnaireForm(questions=questions, data=request.POST if request.method == "POST" else None)

    def keep() -> None:
        answer_questionnaire(
            questionnairelink=link,
            actor=VISITOR,
            key=key_of(request, link.token_sha256),
            answers=json.dumps(form.answers(), ensure_ascii=False),
        )

    return ask(
        request,
        op=answer_questionnaire,
        subject=link,
        form=form,
        keep=keep,
        context={
            "base": "faces/public_base.html",
            "title": link.questionnaire.title,
            "introduction": _("Asked for %(person)s. This link answers once.") % {"person": link.person},
        },
    )
