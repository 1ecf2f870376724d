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
             "service-families", "checklist", "milestone-templates", "deliverable-kinds", "contract-texts", "time-limits", "holidays", "holiday-years", "number-formats",
             "users", "roles", "invitations", "security-events"}  # fmt: skip


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


# Records in which nothing is written: a pack is numbers and hashes, an amendment's words stand in its contract's
# record, and the parts of both change with the whole.
WORDLESS = {
    "archives/<int:pk>/history/",
    "amendments/<int:pk>/history/",
    "amendment-changes/<int:pk>/history/",
    "contract-elements/<int:pk>/history/",
}


def has_no_data(route):
    """Reference data of the institution, or a page with a reason why it shows no client's data."""
    if route.path in WORDLESS or route.pattern.name == "api-root" or route.suggests:
        return True
    if any(part in route.path for part in ("do/<slug:name>", "/bulk/", "/views/")):
        return True
    if route.resource is not None:
        return route.resource.slug in REFERENCE
    return any(route.path.startswith(start) for start in WITHOUT_DATA)
