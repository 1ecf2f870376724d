"""What an operation shows once and keeps nowhere: the secret links it has made.

The page, the API and the command show it in their answer to that one request; a repeat of the request, or a
look at the object later, shows nothing.
"""

from typing import Any, NamedTuple

from keqiao.kernel.platform.errors import Text

NAME = "_shown_once"


class Once(NamedTuple):
    label: Text
    value: str


def show_once(item: Any, *values: Once) -> None:
    item.__dict__[NAME] = values


def shown_once(item: Any) -> tuple[Once, ...]:
    secrets: tuple[Once, ...] = getattr(item, "__dict__", {}).get(NAME, ())
    return secrets
