"""The house calls nobody: no logo is fetched, no web hook sent, so no address can lead it into a private network. And
no job acts with a person's right that may have been revoked since."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.declared import TOPICS
from tests.discovered import load_examples
from tests.house.test_sizes import HOME

from keqiao.kernel.platform import outbox
from keqiao.kernel.steps.modules import installed

pytestmark = pytest.mark.once
CLIENTS = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "apprise",
    "socket",
    "ftplib",
    "telnetlib",
    "pickle",
    "marshal",
}
CLIENTS |= {"urllib.request", "http.client", "xmlrpc.client"}
SOURCES = HOME / "src" / "keqiao"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nothing_that_could_call_out_is_imported():
    found = {
        f"{path.relative_to(SOURCES)}: {name}"
        for path in SOURCES.rglob("*.py")
        for name in imported(path)
        if name in CLIENTS or name.split(".")[0] in CLIENTS
    }
    assert found == set()


def test_jobs_are_letters_and_what_the_system_does_by_itself():
    """Each is declared in its module's examples with the reason."""
    load_examples()
    homes = ("keqiao.", *(f"{config.name}." for config in installed()))
    ours = {topic for topic, one in outbox._handlers.items() if one.handle.__module__.startswith(homes)}
    assert ours == {"mail", *TOPICS}
