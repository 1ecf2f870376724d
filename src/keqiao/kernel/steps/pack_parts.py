"""What a module adds to the archive pack of an object: further records, with the files they name, and papers.

    pack_part(of=Engagement, name=_("Records pointed at"), cases=cases_pointed_at)

The pack's verifier counts each case without a gap, so a part brings whole cases; what its reader may not have of them is
withheld (`withheld.py`). Papers are made for their reader: what they tell is asked of the policy.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from keqiao.kernel.platform.actors import Reader
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

Documents = Iterable[tuple[str, bytes]]


def _none(*_of: Any) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class PackPart:
    """`cases(subject)` names cases of the record; `documents(subject, reader)` gives papers as (file name, content)."""

    of: type[Model]
    name: Text
    cases: Callable[[Any], Iterable[str]] = _none
    documents: Callable[[Any, Reader], Documents] = _none
    by: str = ""  # the Python module that declares it


_parts: list[PackPart] = []


def pack_part(
    *,
    of: type[Model],
    name: Text,
    cases: Callable[[Any], Iterable[str]] = _none,
    documents: Callable[[Any, Reader], Documents] = _none,
) -> PackPart:
    part = PackPart(of, name, cases, documents, declared_by())
    if cases is _none and documents is _none:
        raise DeclarationError(
            where=declared_at(),
            expected="cases or documents",
            came=str(name),
            remedy="Say with cases= which records the pack carries, or with documents= which papers.",
        )
    if any(str(other.name) == str(name) for other in parts_of(of)):
        raise DeclarationError(
            where=declared_at(), expected=f"one part of this name in the pack of {of.__name__}", came=str(name),
            remedy="Name what this part brings, or declare it once.",
        )  # fmt: skip
    _parts.append(part)
    return part


def parts_of(model: type[Model]) -> Iterator[PackPart]:
    return (part for part in _parts if part.of is model)


def cases_of(subject: Model) -> list[str]:
    """Every case that the pack of `subject` carries, each once, in the order of declaration."""
    return list(dict.fromkeys(case for part in parts_of(type(subject)) for case in part.cases(subject)))


def documents_of(subject: Model, *, reader: Reader) -> list[tuple[str, bytes]]:
    return [paper for part in parts_of(type(subject)) for paper in part.documents(subject, reader)]


modules.describe("pack parts", lambda: (part.by for part in _parts))
