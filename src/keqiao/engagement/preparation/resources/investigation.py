"""6.3.2: interviews, questionnaires with their answers, analyses, findings."""

from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.answers import summary_of
from keqiao.engagement.preparation.models.investigation import (
    Finding,
    Interview,
    MaterialAnalysis,
    Question,
    Questionnaire,
    QuestionnaireLink,
)
from keqiao.faces.resource import Custom, Fields, Related, Resource, register

register(
    Resource(
        model=Interview,
        slug="interviews",
        files=("blob",),
        columns=("held_on", "engagement", "people"),
        panels=(Fields(_("Interview"), ("engagement", "held_on", "people", "questions", "answers", "blob")),),
        related=("engagement", "blob"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Questionnaire,
        slug="questionnaires",
        columns=("title", "engagement", "state", "created_at"),
        filters=("state",),
        panels=(
            Fields(_("Questionnaire"), ("title", "engagement", "state", "summary")),
            Related(_("Questions"), Question, "questionnaire", ("text", "kind", "choices"), order="position"),
            Custom(_("Answers"), "engagement/answers.html", summary_of),
            Related(
                _("Links"),
                QuestionnaireLink,
                "questionnaire",
                ("person", "created_at", "answered_at"),
                order="pk",
            ),
        ),
        related=("engagement",),
        parent="engagement",
    )
)
register(
    Resource(
        model=Question,
        slug="questions",
        columns=("text", "questionnaire", "position", "kind", "choices"),
        panels=(Fields(_("Question"), ("text", "questionnaire", "position", "kind", "choices")),),
        order=("questionnaire", "position"),
        related=("questionnaire",),
        parent="questionnaire",
    )
)
register(
    Resource(
        model=QuestionnaireLink,
        slug="questionnaire-links",
        columns=("person", "questionnaire", "created_at", "answered_at"),
        panels=(Fields(_("Questionnaire link"), ("person", "questionnaire", "created_at", "answered_at")),),
        related=("questionnaire",),
        parent="questionnaire",
    )
)
register(
    Resource(
        model=MaterialAnalysis,
        slug="material-analyses",
        columns=("what", "engagement", "material", "created_at"),
        panels=(Fields(_("Material analysis"), ("what", "engagement", "material", "result")),),
        related=("engagement", "material"),
        parent="engagement",
    )
)
register(
    Resource(
        model=Finding,
        slug="findings",
        columns=("text", "engagement", "created_at"),
        panels=(Fields(_("Finding"), ("engagement", "text", "consequence")),),
        related=("engagement",),
        parent="engagement",
    )
)
