"""What every test stands on: folders of its own worker, cheap passwords, and a browser where one is asked for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as site

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
PURE = {"eligibility", "satisfaction"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The pure libraries know no database: one run of their tests is enough."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in PURE:
            item.add_marker(pytest.mark.once)


@pytest.fixture(autouse=True, scope="session")
def worker_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each worker process has its own vault, keys and mail; nothing of a test reaches the developer's site."""
    folder = tmp_path_factory.mktemp("site")
    site.VAR = folder
    site.VAULT_ROOT = folder / "vault"
    site.MASTER_KEY_FILE = str(folder / "master.key")
    site.SEAL_KEY_FILE = str(folder / "seal.key")
    site.EMAIL_FILE_PATH = folder / "mail"
    site.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # hundreds of sign-ins, in seconds
    site.STAFF_SECOND_FACTOR_REQUIRED = False  # the tests of the door ask for it
    return folder


@pytest.fixture(autouse=True)
def guards_lifted_before_emptying(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits leaves a database to be emptied, which the guards of the record refuse; migrating's signal
    lays them again afterwards."""
    marked = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not asked and not (marked and marked.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this ends before it does
    yield
    from django.db import connection

    from keqiao.kernel.record import append_only

    append_only.remove(connection)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, worker_site):
    """One prepared institution a module, laid in a transaction that is rolled back at its end."""
    from tests.factories.world import built

    with django_db_blocker.unblock(), built() as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator["object"]:
    """One browser a worker."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("no Chromium on PATH; `make test` installs one, or see README")
    # Playwright keeps an event loop in this thread; Django would take the ORM calls of the test for calls inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=QUIET)
        yield browser
        browser.close()


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
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
