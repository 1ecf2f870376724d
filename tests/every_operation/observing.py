"""What a refused step says, what stands as it did, and which places of the source refused."""

import sys
from types import FrameType
from typing import Any, Self

from tests.every_operation import guards
from tests.every_operation.trying import everything, last_entry

from keqiao.kernel.platform import errors
from keqiao.kernel.platform.errors import Refusal


def standing(subject: Any) -> tuple[Any, ...]:
    """Rows of each table, the record, the fields of the object and of the engagement it belongs to."""
    whole = getattr(subject, "engagement", None)
    return everything(subject), everything(whole)[1], last_entry()


def said(refusal: Refusal) -> list[tuple[str, str, str, str]]:
    """Of each condition that isn't met: text, clause, remedy and field."""
    if refusal.missing:
        return [(str(one.text), one.clause, str(one.remedy), "") for one in refusal.missing]
    beside = refusal.fields or {"": [refusal.message]}
    return [
        (str(text), refusal.clause, str(refusal.remedy), name)
        for name, texts in beside.items()
        for text in texts
    ]


MAKERS = {thing.__init__.__code__ for thing in vars(errors).values() if guards.is_refusal(thing)}


class Made:
    """Inside the block: the lines of the modules' files at which refusals and missing conditions are made."""

    def __init__(self) -> None:
        self.places: set[tuple[str, int]] = set()

    def __enter__(self) -> Self:
        sys.setprofile(self._note)
        return self

    def __exit__(self, *error: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _argument: object) -> None:
        if event != "call" or frame.f_code not in MAKERS:
            return
        caller: FrameType | None = frame.f_back
        while caller and caller.f_code.co_filename not in guards.file_names():
            caller = caller.f_back
        if caller:
            self.places.add((caller.f_code.co_filename, caller.f_lineno))

    def sites(self) -> set[guards.Site]:
        return {site for site in guards.sites() if (str(site.path), site.line) in self.places}
