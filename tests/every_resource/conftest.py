"""Every registered resource, over one prepared world a module."""

import pytest
from tests.factories.world import built


def pytest_generate_tests(metafunc):
    if "slug" in metafunc.fixturenames:
        from django.urls import get_resolver

        from keqiao.faces.resource import resources

        get_resolver().url_patterns  # noqa: B018 - loading the addresses registers every resource
        metafunc.parametrize("slug", [resource.slug for resource in resources()])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, worker_site):
    with django_db_blocker.unblock(), built() as made:
        yield made


@pytest.fixture
def resource(slug):
    from keqiao.faces.resource import resources

    return next(one for one in resources() if one.slug == slug)


@pytest.fixture
def reader(world, db):
    """A manager reads every row there is in this world."""
    return world.visit("manager")
