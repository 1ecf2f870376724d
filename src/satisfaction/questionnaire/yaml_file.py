"""Reading a YAML mapping strictly: a key written twice is an error, and only plain decimal numbers are numbers."""

import re
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from satisfaction.problems import SatisfactionError
from sheets.encodings import text_of
from sheets.problems import SheetError

NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*([eE][-+][0-9]+)?|\.[0-9]+|\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader; PyYAML itself keeps the last of two equal keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        for key, times in Counter(key.value for key, _ in node.value).items():
            if times > 1:
                raise SatisfactionError("model-key-twice", key=key)
        return super().construct_mapping(node, deep=deep)


def _plain_numbers() -> None:
    """YAML 1.1 reads 1_0 as ten, 010 as eight and 1:30 as ninety; here they are words."""
    others = {
        first: [pair for pair in pairs if pair[0] not in NUMBER_TAGS]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _StrictLoader.yaml_implicit_resolvers = others
    for tag, pattern in zip(NUMBER_TAGS, (INT, FLOAT), strict=True):
        _StrictLoader.add_implicit_resolver(tag, pattern, list("-+.0123456789"))


_plain_numbers()


def read_yaml(path: Path) -> Any:
    try:
        with path.open("rb") as file, text_of(file) as content:
            text = content.read()
    except OSError as error:
        raise SatisfactionError("file-not-readable", path=path.name, why=error.strerror or error) from error
    except SheetError as error:
        raise SatisfactionError("model-not-yaml", why=error.problem) from error
    return parse_yaml(text)


def parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 a subclass of the safe loader
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise SatisfactionError("model-not-yaml", why=" ".join(str(error).split())) from error
