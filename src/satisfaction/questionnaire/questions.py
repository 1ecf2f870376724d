"""One question of a shipped questionnaire, and reading it from its entry in questionnaires.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from satisfaction.texts import data_file

LANGUAGE_KEYS = {"zh-Hans": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; texts by language.

    `kind` is scale, choice or text. `ends` are the words at both ends of a scale from `low` to `high`, `options`
    those of a choice. `construct` is the one of the default model that the item measures, empty where it stands
    beside the index. `ask_when` names the filter that must have been answered with its first option; `by` says
    who answers, where it is not the client.
    """

    id: str
    kind: str
    words: Mapping[str, str]
    construct: str = ""
    low: int = 0
    high: int = 0
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ask_when: str = ""
    sets: str = ""
    by: str = ""
    after_days: int = 0

    def text(self, language: str) -> str:
        """The question with the words at the ends of its scale, or its options, in brackets."""
        inner = self.options.get(language, ())
        if self.kind == "scale":
            first, last = self.ends[language]
            inner = (f"{self.low} = {first}", f"{self.high} = {last}")
        if not inner:
            return self.words[language]
        if language == "en":
            return f"{self.words[language]} ({'; '.join(inner)})"
        return f"{self.words[language]}（{'，'.join(inner)}）"


def question_of(entry: Mapping[str, Any], construct: str = "") -> Question:
    """A question from its entry; `construct` where it is one of the model's."""
    kind = entry.get("kind") or (
        "choice" if "options" in entry else "scale" if "anchors" in entry else "text"
    )
    low, high = _scale(entry) if kind == "scale" else (0, 0)
    return Question(
        id=entry["id"],
        kind=kind,
        words=_by_language(entry),
        construct=construct if entry.get("in_model", True) else "",
        low=low,
        high=high,
        ends=_ends(entry) if kind == "scale" else {},
        options={name: tuple(words) for name, words in _by_language(entry.get("options", {})).items()},
        ask_when=entry.get("ask_when", ""),
        sets=entry.get("sets", ""),
        by=entry.get("by", ""),
        after_days=entry.get("after_days", 0),
    )


def _by_language(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[key] for name, key in LANGUAGE_KEYS.items() if key in entry}


def _scale(entry: Mapping[str, Any]) -> tuple[int, int]:
    usual = data_file("questionnaires.yaml")["scale"]
    low, high = entry.get("scale", (usual["low"], usual["high"]))
    return low, high


def _ends(entry: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    anchors = entry["anchors"]
    words = data_file("questionnaires.yaml")["anchors"][anchors] if isinstance(anchors, str) else anchors
    return {name: (ends[0], ends[1]) for name, ends in _by_language(words).items()}
