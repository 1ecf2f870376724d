"""Reading a YAML mapping strictly: a key written twice is an error, not a silent overwrite."""

from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from satisfaction.problems import SatisfactionError


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader; PyYAML itself keeps the last of two equal keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        for key, times in Counter(key.value for key, _ in node.value).items():
            if times > 1:
                raise SatisfactionError("model-key-twice", key=key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SatisfactionError("file-not-readable", path=path.name, why=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise SatisfactionError("model-not-yaml", why=f"UTF-8: {error.reason}") from error
    return parse_yaml(text)


def parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 a subclass of the safe loader
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise SatisfactionError("model-not-yaml", why=" ".join(str(error).split())) from error
