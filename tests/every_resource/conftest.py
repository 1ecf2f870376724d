"""Every registered resource, over one prepared world a module."""

import pytest


def pytest_generate_tests(metafunc):
    if "slug" in metafunc.fixturenames:
        from keqiao.faces.resource import resources

        metafunc.parametrize("slug", [resource.slug for resource in resources()])


@pytest.fixture
def resource(slug):
    from keqiao.faces.resource import resources

    return next(one for one in resources() if one.slug == slug)


# A manager reads every row of this world, except what the three administrations keep.
READERS = {
    "users": "system administrator",
    "invitations": "system administrator",
    "security-events": "audit administrator",
}


@pytest.fixture
def reading(slug):
    """Who reads every row and every field of this resource."""
    return READERS.get(slug, "manager")


@pytest.fixture
def reader(world, db, reading):
    return world.visit(reading)
