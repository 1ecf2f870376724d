"""The greatest absolute value of each fact in a frame, which decides how wide exact products must be."""

from collections.abc import Iterable
from typing import Any

from eligibility.order import facts_of
from eligibility.programme import Version
from eligibility.vocabulary import APPLIED_ON


def names_of(versions: Iterable[Version]) -> tuple[str, ...]:
    """The facts that the versions use."""
    roots = [node for version in versions for node in version.roots]
    return tuple(name for name in facts_of(*roots) if name != APPLIED_ON)


def greatest_of(frame: Any, names: Iterable[str]) -> dict[str, int]:
    """By fact; 1 where nothing is known. `frame` is a Polars frame of whole steps."""
    return {name: max(1, int(frame[name].abs().max() or 0)) for name in names}
