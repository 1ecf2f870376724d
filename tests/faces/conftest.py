"""A running site with one engagement, and its people in browsers of their own."""

import pytest
from django.conf import settings
from tests.factories.world import build


@pytest.fixture
def site_at(live_server):
    """`site_at(stage)`: the site with an engagement in that stage."""
    return lambda *stages: build(stages=stages, parts=False)


@pytest.fixture
def sitting(browser, live_server):
    """`sitting(client)`: a page of a real browser that goes on with the session of a test client."""

    def sit(client, **how):
        page = browser(**how)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return sit
