"""Every address, walked by everyone of the institution."""

import pytest
from tests.declared import WORDLESS, seen_of
from tests.walker.routes import routes, walked_by, without_data
from tests.walker.walk import walk

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
    leaks, _read = walk(walked, key)
    assert leaks == {}


def test_who_may_read_all_does_so_on_every_route(walked, db):
    """The positive control: a walk that found nothing because it looks at nothing would be no walk."""
    leaks, read = walk(walked, "cleared manager")
    assert leaks == {}
    _leaks, at_work = walk(
        walked, "consultant", without_rows
    )  # Today, calendar and news are of whoever has work to do
    read += at_work
    silent = [route for route in routes() if walked_by(route, "cleared manager") and not read[route.path]]
    assert sorted(route.path for route in silent if not has_no_data(route)) == []


def without_rows(route):
    return route.resource is None


def has_no_data(route):
    """Reference data of the institution, or a page with a reason why it shows no client's data."""
    if route.path in WORDLESS or route.pattern.name == "api-root" or route.suggests:
        return True
    if any(part in route.path for part in ("do/<slug:name>", "/bulk/", "/views/", "/pictures/")):
        return (
            True  # forms of a step, and counts by state, month or value: what people wrote stands in neither
        )
    if route.resource is not None:
        return seen_of(route.resource.slug).reference
    return any(route.path.startswith(start) for start in without_data())
