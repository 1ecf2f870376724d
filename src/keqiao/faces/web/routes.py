"""Whether the pages that modules name are there: asked once all addresses are known."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver

from keqiao.faces import panels, portal
from keqiao.kernel.steps.declarations import DeclarationError


def refuse_unknown_routes(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Raises DeclarationError for a tab, an action or a public entry that leads to no page: it stands on pages of everybody,
    so one wrong name would take all of them down."""
    known = set(_names(patterns))
    for route, where in (*panels.routes(), *portal.routes()):
        if route not in known:
            raise DeclarationError(
                where=where, expected="the name of a page without arguments", came=route,
                remedy="Correct it, or add the page to the urls of the app.",
            )  # fmt: skip


def _names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif pattern.name and not pattern.pattern.converters:
            yield pattern.name
