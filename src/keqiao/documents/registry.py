"""Which papers there are. A module declares each beside its template:

    # papers/patent.py, with papers/patent.typ beside it
    @paper("patent")
    @dataclass(frozen=True, slots=True, kw_only=True)
    class PatentData:
        head: Head
        ...

    @word_form(PatentData)  # where people edit it in Word too
    def patent(data: PatentData) -> WordDocument: ...

Files in a folder `papers/` of an app are read at start, so what is wrong with one is said then.
"""

import dataclasses
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from docx.document import Document as WordDocument

from .parts import Head


class Document(Protocol):
    """What can be rendered: a frozen dataclass with a head."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    @property
    def head(self) -> Head: ...


D = TypeVar("D", bound=Document)
Builder = Callable[[D], WordDocument]


class PaperError(ValueError):
    """A paper is declared that can't be printed: file, what was expected, what came, what to do."""

    def __init__(self, *, where: Path, expected: str, came: str, remedy: str) -> None:
        self.where = where
        self.remedy = remedy
        super().__init__(f"{_short(where)}: expected {expected}, came {came}. {remedy}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One kind of paper: its data class, its template, and the wording that its PDF and its Word form share."""

    name: str
    data: type
    template: Path
    wording: Path | None


_papers: dict[type, Paper] = {}
_word: dict[type, Builder[Any]] = {}


def paper(name: str, *, wording: str = "") -> Callable[[type[D]], type[D]]:
    """Declare the class below as a paper whose template is `name`.typ beside its file; `wording` names a JSON file there
    whose texts the template finds as `own`. Raises PaperError where that can't stand."""

    def declare(data: type[D]) -> type[D]:
        file = _file_of(data)
        _refuse_twice(name, data, file)
        _refuse_shape(data, file)
        template = _beside(file, f"{name}.typ")
        _papers[data] = Paper(
            name=name, data=data, template=template, wording=_beside(file, wording) if wording else None
        )
        return data

    return declare


def word_form(data: type[D]) -> Callable[[Builder[D]], Builder[D]]:
    """Declare how the Word file of a paper is built. Raises PaperError for what is no paper, or has one already."""

    def declare(build: Builder[D]) -> Builder[D]:
        file = Path(build.__code__.co_filename)
        if data not in _papers:
            raise PaperError(
                where=file, expected="the Word form of a paper", came=data.__name__,
                remedy=f"Declare it first: @paper(…) above {data.__name__}.",
            )  # fmt: skip
        if data in _word:
            raise PaperError(
                where=file, expected=f"one Word form of {data.__name__}", came="a second", remedy="Remove one of the two."
            )  # fmt: skip
        _word[data] = build
        return build

    return declare


def papers() -> tuple[Paper, ...]:
    return tuple(_papers.values())


def paper_of(document: Document) -> Paper:
    """Raises LookupError for what was never declared."""
    declared = _papers.get(type(document))
    if declared is None:
        raise LookupError(
            f"{type(document).__name__} is no paper: declare it with @paper beside its template."
        )
    return declared


def word_forms() -> Mapping[type, Builder[Any]]:
    return _word


def _file_of(data: type) -> Path:
    return Path(str(sys.modules[data.__module__].__file__))


def _refuse_twice(name: str, data: type, file: Path) -> None:
    """Two templates of one name would be taken for each other; two classes of one name would have one digest."""
    for known in _papers.values():
        if known.name == name or known.data.__name__ == data.__name__:
            raise PaperError(
                where=file, expected="a paper of its own name", came=f"“{name}” of {data.__name__}",
                remedy=f"{_short(_file_of(known.data))} has “{known.name}” of {known.data.__name__}: rename one of the two.",
            )  # fmt: skip


def _refuse_shape(data: type, file: Path) -> None:
    params = getattr(data, "__dataclass_params__", None)
    if (
        params is None
        or not params.frozen
        or "head" not in {field.name for field in dataclasses.fields(data)}
    ):
        raise PaperError(
            where=file, expected="a frozen dataclass with a field `head`", came=data.__name__,
            remedy="Put @dataclass(frozen=True, slots=True, kw_only=True) under @paper and add `head: Head`.",
        )  # fmt: skip


def _beside(file: Path, name: str) -> Path:
    path = file.parent / name
    if not path.is_file():
        raise PaperError(
            where=file, expected=f"{name} beside it", came="no such file",
            remedy=f"Add {_short(path)}, or correct the name.",
        )  # fmt: skip
    return path


def _short(path: Path) -> str:
    """The last parts of a path: what stands before is the machine's."""
    return "/".join(path.parts[-3:])
