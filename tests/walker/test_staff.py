"""Every address, walked by everyone of the institution."""

import pytest
from tests.declared import WORDLESS, seen_of
from tests.walker.routes import addresses, routes, walked_by, without_data
from tests.walker.walk import ask, walk

STAFF = (
    "consultant",
    "outsider",
    "member",
    "low manager",
    "auditor",
    "system administrator",
    "security administrator",
    "audit administrator",
)


@pytest.mark.parametrize("key", STAFF)
def test_reads_only_what_is_open(walked, db, key):
    assert walk(walked, key) == {}


def test_who_may_read_all_does_so_on_every_route(walked, db):
    """The positive control: a walk that found nothing because it looks at nothing would be no walk."""
    silent = [
        route.path for route in routes() if not has_no_data(route) and not shows_something(walked, route)
    ]
    assert silent == []


def shows_something(walked, route):
    """To who may read all, so that nothing could leak: the first address of a route with something on it is enough. Today,
    calendar and news are of whoever has work to do."""
    keys = ("cleared manager",) if route.resource else ("cleared manager", "consultant")
    return any(
        ask(walked, key, "get", address)
        for key in keys
        if walked_by(route, key)
        for address in addresses(route, walked, key)
    )


def has_no_data(route):
    """Reference data of the institution, or a page with a reason why it shows no client's data."""
    if route.path in WORDLESS or route.pattern.name == "api-root" or route.suggests:
        return True
    if any(part in route.path for part in ("do/<slug:name>", "/bulk/", "/views/", "/pictures/")):
        return True  # forms of a step, and counts by state or month: what people wrote stands in neither
    if route.resource is not None:
        return seen_of(route.resource.slug).reference
    return any(route.path.startswith(start) for start in without_data())
