"""Options of `make quick`: the generated tests of some apps only, and an end."""

import time
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("keqiao")
    group.addoption(
        "--apps", default="", help="of the generated tests only those of these apps, comma between"
    )
    group.addoption(
        "--until", type=float, default=0, help="skip what hasn't begun by then, in seconds of the epoch"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    until = item.config.getoption("--until")
    if until and time.time() > until:
        pytest.skip("out of time; `make test` runs it")


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    apps = set(filter(None, config.getoption("--apps").split(",")))
    if apps:
        gone = [item for item in items if (app := app_of(item)) and app not in apps]
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def app_of(item: pytest.Item) -> str:
    """Whose operation or resource a generated test is about."""
    from keqiao.faces.resource import resources
    from keqiao.kernel.steps.operation import get

    given: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    if "/every_operation/" in str(item.path) and "name" in given:
        return get(given["name"]).model._meta.app_label
    if "/every_resource/" in str(item.path) and "slug" in given:
        return next(one.model._meta.app_label for one in resources() if one.slug == given["slug"])
    return ""
