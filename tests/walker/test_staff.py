"""Every address, walked by everyone of the institution."""

import pytest
from tests.walker.routes import WITHOUT_DATA, routes, walked_by
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
REFERENCE = {"institution", "posts", "staff", "competences", "staff-competences", "experts", "undertakings", "tags", "imports", "service-items",
             "service-families", "checklist", "plan-steps", "deliverable-kinds", "time-limits", "holidays", "holiday-years", "number-formats",
             "users", "roles", "invitations", "security-events"}  # fmt: skip


@pytest.mark.parametrize("key", STAFF)
def test_reads_only_what_is_open(walked, db, key):
    leaks, _read = walk(walked, key)
    assert leaks == {}


def test_who_may_read_all_does_so_on_every_route(walked, db):
    """The positive control: a walk that found nothing because it looks at nothing would be no walk."""
    leaks, read = walk(walked, "cleared manager")
    assert leaks == {}
    silent = [route for route in routes() if walked_by(route, "cleared manager") and not read[route.path]]
    assert sorted(route.path for route in silent if not has_no_data(route)) == []


def has_no_data(route):
    """Reference data of the institution, or a page with a reason why it shows no client's data."""
    if route.suggests or any(part in route.path for part in ("do/<slug:name>", "/bulk/", "/views/")):
        return True
    if route.resource is not None:
        return route.resource.slug in REFERENCE
    return any(route.path.startswith(start) for start in WITHOUT_DATA)
