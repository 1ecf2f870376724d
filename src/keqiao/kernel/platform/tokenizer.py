"""Words of Chinese text for the index, and of a query: segmented, with pairs of characters and pinyin initials."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin

from sheets.folding import folded

_RUN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]+|[0-9a-z]+")
_HAN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]")
LONGEST = 200  # characters of a query
_STEPS = 12  # initials are kept from each of the first characters on, so that a name is found from its middle


def tokens(
    *, title: str, names: Iterable[str] = (), numbers: Iterable[str] = (), text: str = ""
) -> list[str]:
    """Everything under which an object is found, each once, in a stable order."""
    words: dict[str, None] = {}
    for run in runs(title):
        words.update(dict.fromkeys([*_words(run), *_pairs(run)]))
    for name in names:
        words.update(dict.fromkeys(_initials(name)))
        for run in runs(name):
            words.update(dict.fromkeys([*_words(run), *_pairs(run)]))
    for number in numbers:
        words.update(dict.fromkeys([*runs(number), re.sub(r"[^0-9a-z]", "", folded(number).lower())]))
    for run in runs(text):
        words.update(dict.fromkeys(_words(run)))
    words.pop("", None)
    return list(words)


def query_tokens(text: str) -> list[list[list[str]]]:
    """All of these groups must match; a group matches one way or another; a way needs all its words."""
    groups: list[list[list[str]]] = []
    for run in runs(text[:LONGEST])[:12]:
        if not _HAN.match(run):
            groups.append([[run]])
            continue
        for word in rjieba.cut(run):
            ways = [[word]]
            if len(word) > 2:  # noqa: PLR2004 - longer than one pair
                ways.append(list(_pairs(word)))
            groups.append(ways)
    return groups


def matches(groups: list[list[list[str]]], words: list[str]) -> bool:
    """Whether something found under `words` answers a query, as the index would say; no query, no match."""
    return bool(groups) and all(
        any(all(any(word.startswith(asked) for word in words) for asked in way) for way in ways)
        for ways in groups
    )


def runs(text: str) -> list[str]:
    """Runs of Chinese characters, and of Latin letters and digits in lower case, all folded: index and query alike."""
    return _RUN.findall(folded(text).lower())


def _words(run: str) -> list[str]:
    return rjieba.cut_for_search(run) if _HAN.match(run) else [run]


def _pairs(run: str) -> Iterator[str]:
    if _HAN.match(run):
        yield from (run[i : i + 2] for i in range(len(run) - 1))


def _initials(name: str) -> tuple[str, ...]:
    letters = "".join(_word_initials(word) for word in rjieba.cut("".join(_HAN.findall(folded(name)))))
    return tuple(letters[i:] for i in range(min(_STEPS, len(letters) - 1)))


@lru_cache(maxsize=20_000)
def _word_initials(word: str) -> str:
    """By the word, which settles how a character is read, and which names of enterprises share."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))
