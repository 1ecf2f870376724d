"""Bespoke addresses."""

from django.urls import URLPattern, path

from keqiao.engagement.pages import board

urlpatterns: list[URLPattern] = [
    path("board/", board.board, name="board"),
]
