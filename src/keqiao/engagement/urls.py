"""Bespoke addresses."""

from django.urls import URLPattern, path

from keqiao.engagement.delivery.pages import survey
from keqiao.engagement.pages import board, services
from keqiao.engagement.preparation.pages import questionnaire

urlpatterns: list[URLPattern] = [
    path("board/", board.board, name="board"),
    path("public/services/", services.services, name="public-services"),
    path("q/<str:secret>/", questionnaire.answer, name="questionnaire-link"),
    path("s/<str:secret>/", survey.answer, name="survey-link"),
    path("surveys/<int:pk>/answer/", survey.answer_signed_in, name="survey-answer"),
]
