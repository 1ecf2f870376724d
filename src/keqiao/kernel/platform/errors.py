"""Answers other than yes. Each says, in the user's words, what is wrong, what to do, and which clause asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Missing:
    """One condition that is not met: what is missing, the clause that wants it, and what to do about it."""

    text: Text
    clause: str = ""
    remedy: Text = ""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """The step was understood and is refused. Nothing was changed.

    `field` is the parameter the refusal speaks of; `fields` says several, each with its own words. `value` is for who
    judges a value without knowing its parameter: whoever runs the step finds the parameter that holds it.
    """

    status = 422
    value: object = None

    def __init__(
        self,
        message: Text,
        *,
        clause: str = "",
        remedy: Text = "",
        missing: Iterable[Missing] = (),
        field: str = "",
        fields: Mapping[str, Iterable[Text]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.clause = clause
        self.remedy = remedy
        self.missing = tuple(missing)
        self.fields = {name: tuple(texts) for name, texts in (fields or {}).items()}
        if field:
            self.fields[field] = (message,)

    def __str__(self) -> str:
        parts = [str(self.message), *(str(item.text) for item in self.missing), str(self.remedy)]
        return " ".join(part for part in parts if part)


class Invalid(Refusal):
    """Input that can't be taken; `fields` names what is wrong with which field."""

    def __init__(
        self,
        message: Text = "",
        *,
        field: str = "",
        fields: Mapping[str, Iterable[Text]] | None = None,
        clause: str = "",
        remedy: Text = "",
    ) -> None:
        said = message or _("Please correct the marked fields.")
        super().__init__(said, clause=clause, remedy=remedy, field=field, fields=fields)


class NotAllowed(Refusal):
    """This person may not do this to this object, which they may see."""

    status = 403


class NotFound(Refusal):
    """Absent, or not for this person: the two give the same answer on purpose."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is nothing here, or it is not open to you."))


class WrongState(Refusal):
    """The object is not in a state in which this step can be taken."""

    status = 409


class Conflict(Refusal):
    """Someone else was first. `changes` maps a field's label to (what you sent, what it is now)."""

    status = 409

    def __init__(
        self, message: Text, *, changes: Mapping[str, tuple[str, str]] | None = None, remedy: Text = ""
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.changes = dict(changes or {})
