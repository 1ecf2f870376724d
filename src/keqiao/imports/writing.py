"""What a list needs of whoever writes its rows: two ways are ready made, `Bulk` and `Steps`; a module may bring its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from keqiao.imports.rows import Row
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing


@dataclass(frozen=True)
class Ready:
    """A row judged and made ready. `values` hold the fields to write, an object by its number; `item` is the row that
    is changed, None where one is added; `words` is what `words_of` gave before the database was held."""

    values: Mapping[str, Any]
    item: Any = None
    words: str = ""


class Writer(Protocol):
    @property
    def most(self) -> int | None:
        """How many rows of one list may be written; None where the work of a row is small."""

    def judge(self, row: Row, there: Any, actor: Actor) -> None:
        """Refuse in `row` what the writing would refuse. `there` is the row with its key, or None."""

    def may_change(self, actor: Actor, there: Any) -> str:
        """Why this person may not change what is there; empty when they may. Asked again at the writing."""

    def words_of(self, item: Any) -> str:
        """Under what `item` will be found, where the writer writes that itself."""

    def add(self, rows: list[Ready], actor: Actor) -> list[Any]:
        """The items added, in the order of `rows`."""

    def change(self, rows: list[Ready], actor: Actor) -> list[Any]:
        """The items changed, in the order of `rows`, as they now stand."""


class Undoer(Protocol):
    def hindered(self, added: Any) -> list[Missing]:
        """Why what was added can't be taken back; `added` is a query of the numbers of those rows."""

    def remove(self, items: list[Any], actor: Actor) -> None:
        """Take back what was added."""

    def restore(self, rows: list[Ready], actor: Actor) -> None:
        """Give changed rows the values back that they had."""


def names(items: Iterable[Any], most: int = 5) -> str:
    return "、".join(str(item) for item in list(items)[:most])
