"""A browser for pages that were answered already, and which kinds of them it looks at."""

import hashlib
import mimetypes
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from tests.patience import BROWSER_PATIENCE

First = Callable[[Iterable[str]], bool]


@pytest.fixture
def screen(chromium):
    """A page that is shown `html["now"]`, with the site's own style and scripts; nothing goes over a network."""
    html = {}
    context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")

    def serve(route):
        path = urlsplit(route.request.url).path
        if route.request.resource_type == "document":
            route.fulfill(body=html["now"], content_type="text/html; charset=utf-8")
        elif path.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0] or "text/plain")
        else:
            route.fulfill(status=404, body="")

    context.set_default_timeout(BROWSER_PATIENCE)
    page = context.new_page()
    page.route("**/*", serve)
    yield page, html
    context.close()


@pytest.fixture(scope="session")
def first_of_its_kind(tmp_path_factory: pytest.TempPathFactory) -> First:
    """Whether nobody in this run, on whichever worker, has come with these names before."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "kinds"
    folder.mkdir(exist_ok=True)

    def first(names: Iterable[str]) -> bool:
        try:
            (folder / hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return first
