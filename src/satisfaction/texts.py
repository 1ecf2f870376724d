"""Sentences people read, kept as data: one YAML file a subject, one entry a language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("zh-Hans", "en")
DEFAULT_LANGUAGE = "zh-Hans"


def data_text(name: str) -> str:
    """The text of a file shipped with the package."""
    return files("satisfaction").joinpath("data", name).read_text(encoding="utf-8")


@cache
def data_file(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(data_text(name))
    return content


def say(key: str, language: str = DEFAULT_LANGUAGE, **facts: object) -> str:
    """A sentence of the report, its blanks filled in."""
    sentence: str = data_file("report.yaml")[key][language]
    return sentence.format(**facts)
