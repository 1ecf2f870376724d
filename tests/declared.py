"""What the generated tests have to be told of a module, said in its tests/<app>/examples.py, so that they need no change.

Operations have an example each (tests/every_operation/example.py); here is what is said of models, pages and jobs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Of a resource: who reads every row and field of it, and what people of no concern to its rows see all the same."""

    reader: str = "manager"
    for_all: str = ""  # the reason, where everyone who signs in may read it
    of_others: int = 0  # rows that another client reads: those of its own
    found: int = 0  # rows that an expert of another case finds by search
    reference: bool = False  # of the institution: no client's data stand in it


@dataclass(frozen=True)
class Row:
    make: Callable[[Any], Any]  # of the world
    state: str
    of_client: bool  # made for each client of the walker again, not once a world


_seen: dict[str, Seen] = {}
ROWS: list[Row] = []  # of models that need no rows.py
INTERNAL: dict[str, str] = {}  # models that no page shows
INNER: set[str] = set()  # models that are the institution's own notes: nothing of them is for clients
HIDDEN_FIELDS: set[tuple[str, str]] = set()  # and single fields of others
WITHOUT_DATA: dict[str, str] = {}  # beginnings of addresses that show no client's data
WORDLESS: set[str] = set()  # addresses of records in which nothing is written
WALKED: dict[
    str, Callable[[Any], list[str]]
] = {}  # where the walker goes for a part of an address of one's own
PAPERS: dict[Any, tuple[str, ...]] = {}  # a paper filled with invented data, and what its text then says
TOPICS: dict[str, str] = {}  # jobs: what the system does by itself


def seen(slug: str, **facts: object) -> None:
    _seen[slug] = Seen(**facts)


def seen_of(slug: str) -> Seen:
    return _seen.get(slug, Seen())


def row(make: Callable[[Any], Any], *, state: str = "", of_client: bool = False) -> None:
    """A row for the world, made when every rows.py has run: `row(lambda world: Tag.objects.create(name="示例标签"))`.

    A stateful model has one in each state; what belongs to a client says `of_client`.
    """
    ROWS.append(Row(make, state, of_client))


def internal(label: str, why: str) -> None:
    """A model, `app.Name`, that no page shows."""
    INTERNAL[label] = why


def inner(*models: str) -> None:
    INNER.update(models)


def hidden(model: str, field: str) -> None:
    HIDDEN_FIELDS.add((model, field))


def without_data(address: str, why: str) -> None:
    WITHOUT_DATA[address] = why


def wordless(*slugs: str) -> None:
    """Resources in whose record nothing is written."""
    WORDLESS.update(f"{slug}/<int:pk>/history/" for slug in slugs)


def walked(mark: str, addresses: Callable[[Any], list[str]]) -> None:
    """`addresses(walked)` gives what to put for `mark`, such as "lamps/<int:pk>/picture", in the addresses walked."""
    WALKED[mark] = addresses


def topic(name: str, why: str) -> None:
    TOPICS[name] = why


def paper_sample(document: Any, *told: str) -> None:
    """A paper for the tests of all papers, as a file `paper_samples.py` gives many."""
    PAPERS[document] = told
