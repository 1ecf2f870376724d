"""From the YAML of a model file to a Model, refusing what it does not understand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from satisfaction.problems import SatisfactionError, listed
from satisfaction.questionnaire.model import Mode, Model, Scale
from satisfaction.questionnaire.yaml_file import parse_yaml, read_yaml

KEYS = ("title", "scale", "scales", "constructs", "modes", "paths", "target", "labels", "questions")


def read_model(path: Path) -> Model:
    return model_from(read_yaml(path))


def model_from_text(text: str) -> Model:
    return model_from(parse_yaml(text))


def model_from(content: Any) -> Model:
    """A Model from plain mappings and lists, as a YAML file holds them."""
    content = _mapping("model", content)
    unknown = [str(key) for key in content if key not in KEYS]
    if unknown:
        raise SatisfactionError("model-unknown-key", key=listed(unknown), known=listed(KEYS, len(KEYS)))
    return Model(
        constructs=_lists("constructs", content.get("constructs")),
        paths=_lists("paths", content.get("paths")),
        scale=_scale("scale", content.get("scale", [1, 10])),
        scales={name: _scale(name, pair) for name, pair in _entries("scales", content.get("scales"))},
        modes={name: _mode(name, mode) for name, mode in _entries("modes", content.get("modes"))},
        labels={name: _word("labels", text) for name, text in _entries("labels", content.get("labels"))},
        questions={name: _word(name, text) for name, text in _entries("questions", content.get("questions"))},
        title=_word("title", content.get("title", "")),
        target=_word("target", content.get("target", "")),
    )


def _mapping(where: str, value: Any) -> Mapping[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise SatisfactionError("model-form", where=where, expected="name: value", got=repr(value)[:60])
    return value


def _entries(where: str, value: Any) -> list[tuple[str, Any]]:
    return [(_word(where, key), entry) for key, entry in _mapping(where, value).items()]


def _lists(where: str, value: Any) -> dict[str, tuple[str, ...]]:
    return {name: _words(name, entry) for name, entry in _entries(where, value)}


def _words(where: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise SatisfactionError("model-form", where=where, expected="[A, B]", got=repr(value)[:60])
    return tuple(_word(where, entry) for entry in value)


def _word(where: str, value: Any) -> str:
    """A name. Whole numbers are names too; `yes`, `no`, `on` are truth values in YAML and must be quoted."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise SatisfactionError("model-form", where=where, expected='"name"', got=repr(value)[:60])
    return str(value)


def _scale(where: str, value: Any) -> Scale:
    try:
        low, high = (float(_number(bound)) for bound in value)
    except (TypeError, ValueError, OverflowError):
        raise SatisfactionError("model-form", where=where, expected="[1, 10]", got=repr(value)[:60]) from None
    return Scale(low, high)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value


def _mode(where: str, value: Any) -> Mode:
    try:
        return Mode(str(value).upper())
    except ValueError:
        raise SatisfactionError("unknown-mode", construct=where, got=value) from None
