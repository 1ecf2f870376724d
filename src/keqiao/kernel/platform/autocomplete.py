"""The few rows a chooser offers for what was typed: by the same words as the search, from rows already open."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from keqiao.kernel.platform import search
from keqiao.kernel.platform.tokenizer import matches, query_tokens, tokens

M = TypeVar("M", bound=Model)
MOST = 20
LOOKED_AT = 1000  # rows of a kind without an index, such as posts and tags: read and compared one by one


def suggestions(rows: "QuerySet[M]", text: str, *, by_title: bool = False, most: int = MOST) -> list[M]:
    """At most `most` of `rows` that match every word of `text`, in one query; without words the first ones.

    `by_title` leaves out what is found by a number or an address: for who may choose among names and see no more.
    """
    if not text.strip():
        return list(rows[:most])
    if rows.model in search.searchable_models() and not by_title:
        return list(search.matching(rows, text)[:most])
    candidates = (
        search.matching(rows, text) if by_title and rows.model in search.searchable_models() else rows
    )
    groups = query_tokens(text)
    near = (
        row for row in candidates[:LOOKED_AT] if matches(groups, tokens(title=str(row), names=(str(row),)))
    )
    return [row for row, _place in zip(near, range(most), strict=False)]
