"""What is due, as facts: each kind of thing once, and what it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, Q
from django.db.models.expressions import Combinable

from keqiao.kernel.models.working_day import MARK, WorkingDayField
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Text
from keqiao.kernel.platform.policy import NOTHING
from keqiao.kernel.steps.deadlines.people import WaitsFor, Who

Day = str | Combinable | None
abouts: dict[type[Model], "About"] = {}  # filled by the registry


def nobody(_actor: Actor) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class About:
    """What deadlines belong to: an engagement, an enterprise, a course. The texts are paths of the model.

    `name` is what staff read beside the number, `title` what the client reads. The number leaves the house in letters and
    calendars: a client's name is none.
    """

    model: type[Model]
    number: str = ""
    name: str = ""
    title: str = ""
    note: str = ""  # said beside its own steps: of what kind it is
    open: Q = field(default_factory=Q)  # else nothing of it is due; plain conditions on its own columns
    day: str = ""  # when its own step is due
    charge: str = ""  # the person who answers for it
    client: str = ""  # the key of the client's enterprise
    level: str = ""  # its classification
    in_hand: Callable[[Actor], Any] | None = (
        None  # keys of those a person works on; else those in their charge
    )
    runs: Callable[[Actor], bool] = nobody  # who may do whatever the one in charge may


@dataclass(frozen=True)
class Remind:
    """On which working days before the day, and whether on each working day after it."""

    before: tuple[int, ...] = (3, 1)
    after: bool = True


NEVER = Remind((), after=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class Deadline:
    """One kind of thing that is due. Its rows are those of `model` for which `when` holds, as long as it does.

    `day` is a field, a path or an expression; where no rule gives one, None with `undated=True`. `text` holds %(name)s
    where `named`, a path, is to stand. `ends_with` names the operations on the model that end it: who is asked is led to
    the form of the first, or with `form=False` to the page, where reading comes first.
    """

    model: type[Model]
    key: str  # its own name, once in the house
    when: Q
    waits_for: WaitsFor
    ends_with: tuple[str, ...]
    text: Text
    clause: str
    day: Day = None
    undated: bool = False
    named: str = ""
    about: str = ""  # the path to what it belongs to; empty: the row stands for itself
    form: bool = True
    step: bool = False  # the step of what it belongs to, of which other deadlines are parts
    followed: bool = True  # while it waits for the client, those in charge have it on their list too
    together: Text = ""  # what is said, with %(n)s, of several that wait for one client in one place
    binding: bool = False  # its day is one of law or contract and can't be put off
    remind: Remind = Remind()

    def path(self, of_about: str) -> str:
        """A path of what it belongs to, from the row."""
        return f"{self.about}__{of_about}" if self.about else of_about

    @cached_property
    def about_of(self) -> About:
        return abouts[self.about_model]

    @cached_property
    def about_model(self) -> type[Model]:
        model = self.model
        for name in filter(None, self.about.split("__")):
            model = model._meta.get_field(name).related_model  # type: ignore[assignment]
        return model

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """Labels of what `named` holds, where it is a choice."""
        column = field_at(self.model, self.named) if self.named else None
        return dict(column.flatchoices) if column is not None else {}

    @property
    def own_day(self) -> bool:
        """Whether it has a day that isn't that of the step it is part of."""
        if self.day is None or self.step:
            return self.step
        return not isinstance(self.day, str) or self.day != self.path(self.about_of.day or "pk")

    @cached_property
    def provisional(self) -> Q:
        """Which of its days wait for a table of days off: as their field says; what was agreed is never provisional."""
        if isinstance(self.day, str) and isinstance(field_at(self.model, self.day), WorkingDayField):
            return Q(**{f"{self.day}{MARK}": True})
        return NOTHING

    @property
    def marks(self) -> bool:
        """Whether it makes late what it belongs to: a part with a day of its own that the institution owes."""
        return self.own_day and not self.step and self.waits_for.who not in {Who.CLIENT, Who.APPROVER}

    @property
    def listed(self) -> bool:
        """Whether it stands in lists of the whole institution. A part due with its step stands there with the step; what
        a second person is asked is nobody else's."""
        return self.step or self.marks or (self.waits_for.who is Who.APPROVER and self.day is not None)


def field_at(model: type[Model], path: str) -> Any:
    """The field at the end of a path. Raises FieldDoesNotExist or AttributeError where there is none."""
    *above, last = path.split("__")
    for name in above:
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model._meta.pk if last == "pk" else model._meta.get_field(last)
