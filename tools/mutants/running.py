"""Tests of a changed copy of the tree, each mutant in a process of its own that has the foreign packages loaded."""

import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from mutants.site import Site
from mutants.source import Mutant
from mutants.tests_of import TestsOf

# What takes long to load and knows nothing of settings; forked processes have it already.
LOADED = (
    "_pytest.assertion.rewrite", "asyncio", "concurrent.futures", "cryptography.hazmat.primitives.ciphers.aead",
    "django.core.management", "django.db.models", "django.forms", "django.template.engine", "django.test",
    "django.views.generic", "docx", "docxtpl", "email.mime.multipart", "huey", "icalendar", "lark",
    "numpy", "openpyxl", "PIL.Image", "psycopg", "pypinyin", "pytest", "rjieba", "sqlparse",
    "structlog", "typst", "yaml",
)  # fmt: skip
EVERYTHING_RAN = {0, 1, 5}  # pytest's codes: green, red, nothing to run
NEVER_ASKED = {"chromium", "live_server", "on_demo"}  # fixtures: a browser and the demo cost too much
OUT_OF_TIME = -1
SLEEP = 0.2


@dataclass(frozen=True)
class Verdict:
    killer: str  # the test that went red, or what refused to start; empty: none
    seconds: float
    in_time: bool = True


@dataclass(eq=False)
class Watch:
    """A plugin of pytest: which tests run, in which order, and which of them were red."""

    home: Path
    order: TestsOf | None  # None: all, as they are named
    red: list[str] = field(default_factory=list)

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        if self.order is None:
            return
        ranks = {item: self.rank(item, self.order) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if ranks[item] is None])
        items[:] = sorted(
            (item for item in items if ranks[item] is not None), key=lambda item: ranks[item] or 0
        )

    def rank(self, item: Any, order: TestsOf) -> int | None:
        if NEVER_ASKED & set(item.fixturenames):
            return None
        if order.mutant.postgres and item.get_closest_marker("once"):
            return None
        params = item.callspec.params if hasattr(item, "callspec") else {}
        return order.rank(str(item.path.relative_to(self.home)), params)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and report.nodeid not in self.red:
            self.red.append(report.nodeid)


def load() -> None:
    for name in LOADED:
        importlib.import_module(name)
    assert not [name for name in sys.modules if name.startswith(("keqiao", "tests"))]


def tried(site: Site, mutant: Mutant, *, seconds: float, database: str) -> Verdict:
    """The tests that may see it, up to the first red one."""
    order, begun = TestsOf(site.tree, mutant), time.monotonic()
    with site.changed(mutant):
        settings = site.environment(database, schema=mutant.schema)
        told = in_a_process(site, settings, ["-x", *order.paths()], Watch(site.tree, order), seconds)
    took = time.monotonic() - begun
    if told is None:
        return Verdict("", took, in_time=False)
    if told["red"]:
        return Verdict(told["red"][0], took)
    return Verdict(
        "" if told["code"] in EVERYTHING_RAN else f"refused at the start: {site.last_words()}", took
    )


def red_without_change(site: Site, tests: list[str], *, database: str) -> set[str]:
    """Of these tests, those that are red on the unchanged tree: what they kill is not killed."""
    told = in_a_process(site, site.environment(database), tests, Watch(site.tree, None), 3600)
    assert told is not None, "out of time"
    assert told["code"] in EVERYTHING_RAN, site.last_words()
    return set(told["red"])


def in_a_process(
    site: Site, settings: dict[str, str], arguments: list[str], watch: Watch, seconds: float
) -> dict[str, Any] | None:
    """What pytest came to; None where it took too long."""
    site.told.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        become(
            site, settings, lambda pytest: pytest.main([*site.options(), *arguments], plugins=[watch]), watch
        )
    until = time.monotonic() + seconds
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(SLEEP)
    if not site.told.exists():
        return {"code": OUT_OF_TIME, "red": []}
    told: dict[str, Any] = json.loads(site.told.read_text())
    return told


def become(site: Site, settings: dict[str, str], tests: Callable[[Any], int], watch: Watch) -> NoReturn:
    """The forked process: it writes what it was told, and never comes back."""
    import pytest

    code = OUT_OF_TIME
    try:
        os.setsid()
        log = os.open(site.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(settings)
        os.chdir(site.tree)
        sys.pycache_prefix = str(site.folder / "pycache")
        code = int(tests(pytest))
        site.told.write_text(json.dumps({"code": code, "red": watch.red}))
    except BaseException:  # noqa: BLE001 - whatever it is, it belongs into the log
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
