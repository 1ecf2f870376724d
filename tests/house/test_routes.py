"""A route says who may reach it; one that doesn't is found here, not by a stranger."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.constants import NOT_SET

from keqiao.accounts.api import bearer, session
from keqiao.config.urls import api
from keqiao.faces.access import LINK, PUBLIC, SIGNED_IN

pytestmark = pytest.mark.once

OF_THE_API = "ninja.operation"  # what an endpoint asks is tested below
NO_PAGE = {"api/v1/"}  # django-ninja's own helper, which answers 404 to all


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, prefix + str(pattern.pattern))
        else:
            assert isinstance(pattern, URLPattern)
            yield prefix + str(pattern.pattern), bare(pattern.callback)


def bare(view: Any) -> Any:
    return bare(view.func) if isinstance(view, partial) else view


def test_every_view_says_who_may_reach_it():
    silent = [
        route
        for route, view in routes(get_resolver())
        if getattr(view, "access", None) not in {SIGNED_IN, PUBLIC, LINK} and view.__module__ != OF_THE_API
    ]
    assert set(silent) == NO_PAGE


def test_every_endpoint_asks_who_is_there():
    """All ask what the whole API asks; none has an answer of its own to that."""
    own = [
        f"{prefix}{path}"
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if operation.auth_param is not NOT_SET or router.auth is not NOT_SET
    ]
    assert (list(api.auth), own) == ([bearer, session], [])
