"""Every registered resource, over one prepared world a module."""

import pytest
from tests.declared import seen_of
from tests.discovered import load_examples


def pytest_generate_tests(metafunc):
    if "slug" in metafunc.fixturenames:
        from keqiao.faces.resource import resources

        load_examples()
        metafunc.parametrize("slug", [resource.slug for resource in resources()])


@pytest.fixture
def resource(slug):
    from keqiao.faces.resource import resources

    return next(one for one in resources() if one.slug == slug)


@pytest.fixture
def reading(slug):
    """Who reads every row and every field of this resource."""
    return seen_of(slug).reader


@pytest.fixture
def reader(world, db, reading):
    return world.visit(reading)
