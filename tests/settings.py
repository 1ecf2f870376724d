"""Settings of the tests: those of a site, with the sample module on top."""

import os
from pathlib import Path

import polib

from keqiao.config.settings import *  # noqa: F403 - settings are made of settings
from keqiao.config.settings import INSTALLED_APPS, LOCALE_PATHS, VAR

SAMPLE = Path(__file__).parent / "sample"


def spoken(po: Path) -> Path:
    """A folder with the catalogue of this file: what tools/messages.py compiles is of the apps that are shipped."""
    folder = VAR / "locale-of-tests"
    target = folder / "zh_Hans/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")  # workers begin at the same moment
    draft.write_bytes(polib.pofile(str(po)).to_binary())
    draft.replace(target)
    return folder


INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample"]
LOCALE_PATHS = [*LOCALE_PATHS, spoken(SAMPLE / "locale/zh_Hans.po")]
