"""Addresses of the site without the search for their pattern: a page leads to hundreds of rows by the same one."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

MARK = 1_234_567_890  # stands in a pattern for the number of a row


def path_to(name: str, pk: object, *more: str) -> str:
    """As `reverse(name, args=[pk, *more])`, for routes whose first argument is the number of a row."""
    before, after = _around(get_script_prefix(), name, more)
    return f"{before}{pk}{after}"


@lru_cache(maxsize=5_000)
def _around(_prefix: str, name: str, more: tuple[str, ...]) -> tuple[str, str]:
    before, _mark, after = reverse(name, args=[MARK, *more]).partition(str(MARK))
    return before, after
