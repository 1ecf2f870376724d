"""What every test stands on: folders of its own worker, cheap passwords, and a browser where one is asked for."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples
from tests.databases.copies import Copies, Copy
from tests.databases.once import reason
from tests.databases.standing import NOWHERE, stand_on
from tests.databases.templates import LAYOUTS, MIGRATED
from tests.factories.world import NOON, World
from tests.order import slow_first
from tests.patience import BROWSER_PATIENCE
from tests.quick import choose, pytest_addoption, pytest_runtest_setup  # noqa: F401 - hooks
from tests.times import (  # noqa: F401 - hooks
    pytest_runtest_logreport,
    pytest_runtest_makereport,
    pytest_terminal_summary,
)

from keqiao.kernel.platform import clock

# The sample module runs with the settings that install it (tools/test.py).
collect_ignore = [] if site.SETTINGS_MODULE == "tests.settings" else ["sample"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Headless and quiet: no sandbox (root in a container has none), no call home.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A busy machine is no fault of the code.
examples.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("suite")
DATABASE = {"db", "transactional_db", "live_server"}
BROWSER = {"chromium", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One run is enough for what asks for no database, for what a browser looks at, and for what is listed."""
    for item in items:
        asked = set(item.fixturenames)
        untouched = not (asked & DATABASE or item.get_closest_marker("django_db"))
        if untouched or asked & BROWSER or reason(item.nodeid):
            item.add_marker(pytest.mark.once)
    leave_out_mutations(config, items)
    choose(config, items)
    slow_first(items)


def leave_out_mutations(config: pytest.Config, items: list[pytest.Item]) -> None:
    """They judge the tests, not the code, and cost as much as all others of their folder (docs/mutations.md)."""
    if "mutation" not in config.getoption("markexpr"):
        items[:] = [item for item in items if not item.get_closest_marker("mutation")]


def pytest_collection_finish() -> None:
    """What is there now stays; looking through it for garbage again and again took a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def worker_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each worker process has its own vault, keys and mail; nothing of a test reaches the developer's site."""
    folder = tmp_path_factory.mktemp("site")
    stand_on(NOWHERE, folder)
    site.SECRET_KEY = "of the tests"  # prepared databases keep sessions and second factors from run to run
    site.SECOND_FACTOR_KEY = "b2YgdGhlIHRlc3RzLCBhbmQgb2Ygbm9ib2R5IGVsc2U"
    site.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # hundreds of sign-ins, in seconds
    site.STAFF_SECOND_FACTOR_REQUIRED = False  # the tests of the door ask for it
    return folder


@pytest.fixture(scope="session")
def copies(
    worker_site: Path, django_test_environment: None, django_db_blocker: Any, worker_id: str
) -> Iterator[Copies]:
    """This worker's copies of the prepared databases."""
    made = Copies(worker_site / "databases", worker_id)
    yield made
    with django_db_blocker.unblock():
        made.close()


@pytest.fixture(scope="session")
def django_db_setup(copies: Copies) -> None:
    """Stands in for pytest-django's: nothing is migrated here, and what a test committed is not deleted row by row
    (the guards of the record would refuse); the next test gets another copy."""
    TransactionTestCase._fixture_teardown = lambda _self: None


@pytest.fixture
def prepared(request: pytest.FixtureRequest, copies: Copies, django_db_blocker: Any) -> Iterator[Copy]:
    """The copy this test stands on: of the layout it asks for by a fixture `on_…`, or else only migrated."""
    [name] = [name for name in LAYOUTS if f"on_{name}" in request.fixturenames] or [MIGRATED]
    with django_db_blocker.unblock():
        copy = copies.use(name)
    yield copy
    if commits(request):
        with django_db_blocker.unblock():
            copies.use_up()


def commits(request: pytest.FixtureRequest) -> bool:
    marked = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked or (marked and marked.kwargs.get("transaction")))


@pytest.fixture
def _django_db_helper(prepared: Copy, _django_db_helper: None) -> None:
    """Whatever asks pytest-django for the database stands on its copy first."""


def on(name: str) -> Any:
    @pytest.fixture(name=f"on_{name}")
    def stands_on(prepared: Copy) -> Copy:
        return prepared

    return stands_on


on_world, on_walked, on_counted, on_demo = map(on, ("world", "walked", "counted", "demo"))


@pytest.fixture
def world(on_world: Copy) -> Iterator[World]:
    """One prepared institution, laid out once; the test works in a transaction that is rolled back."""
    with clock.at(NOON):
        yield on_world.laid()


@pytest.fixture(scope="session")
def chromium() -> Iterator["object"]:
    """One browser a worker.

    While Playwright's event loop runs, Django keeps the connections of this thread in another place than before and
    after it: one left open on either side would be seen by nobody and hold its database.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("no Chromium on PATH; `make test` installs one, or see README")
    # Playwright keeps an event loop in this thread; Django would take the ORM calls of the test for calls inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=QUIET)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def browser(chromium, live_server):
    """A new visitor of the running site: `browser(width=390)` gives a page of its own session."""
    contexts = []

    def visit(*, width: int = 1440, height: int = 900, language: str = "zh-CN"):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(BROWSER_PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
