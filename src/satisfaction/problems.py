"""Errors and warnings: each has a name that never changes, a text, and what to do about it.

The sentences live in data/problems.yaml in every language of the library; the code gives the name and the
facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from satisfaction.texts import DEFAULT_LANGUAGE, data_file


@dataclass(frozen=True)
class Problem:
    """Something a reader must know: fatal when raised, a warning when it travels with the results."""

    name: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        return self._sentence("text", language)

    def remedy(self, language: str = DEFAULT_LANGUAGE) -> str:
        return self._sentence("do", language)

    def _sentence(self, part: str, language: str) -> str:
        sentence: str = data_file("problems.yaml")[self.name][language][part]
        return sentence.format(**self.facts)


class SatisfactionError(Exception):
    """The analysis cannot go on; `problem` says why and what to do."""

    def __init__(self, name: str, /, **facts: object) -> None:
        self.problem = Problem(name, facts)
        super().__init__(f"{name}: {self.problem.text('en')} {self.problem.remedy('en')}")


def problem(name: str, /, **facts: object) -> Problem:
    return Problem(name, facts)


def listed(names: object, limit: int = 6) -> str:
    """Names joined for a sentence; a long list is cut and its length given."""
    words = [str(name) for name in names] if isinstance(names, list | tuple | set | dict) else [str(names)]
    shown = ", ".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} … ({len(words)})"
