"""Which states a step may lead to: of its object, and of what it takes along. Both are held to the tables of states.py."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Conflict, WrongState
from keqiao.kernel.record import rows as rows_of_record
from keqiao.kernel.steps.declarations import DeclarationError, declared_at
from keqiao.kernel.steps.states import Table

States = tuple[str, ...]


class Transition(NamedTuple):
    """One way a step may change a state. `own`: of the object it is taken on."""

    model: type[Model]
    before: str
    after: str
    own: bool


def as_states(said: str | Iterable[str]) -> States:
    return (str(said),) if isinstance(said, str) else tuple(map(str, said))


def between(
    model: type[Model], table: Table, before: States, after: States, *, own: bool
) -> Iterator[Transition]:
    """What the table allows of it. Staying in a state counts for the object itself: giving a file again."""
    for earlier in before:
        for later in after:
            if table.allows(earlier, later) and (own or earlier != later):
                yield Transition(model, earlier, later, own)


def check_own(*, name: str, table: Table | None, when: States, then: States) -> None:
    """Raises DeclarationError where the object can't go from each state of `when` to one of `then`, or never to one."""
    unknown = [state for state in (*when, *then) if table is not None and state not in table.moves]
    if table is not None and unknown:
        raise _wrong(name, f"states among {', '.join(table.moves)}", unknown, "Correct `when` and `then`.")
    if (when and table is None) or (then and not when):
        raise _wrong(
            name,
            "`when`, and a model with states",
            f"when={when}, then={then}",
            "Say in which states it begins.",
        )
    if table is None or not then:
        return
    stuck = [before for before in when if not any(table.allows(before, after) for after in then)]
    never = [after for after in then if not any(table.allows(before, after) for before in when)]
    if len(then) == 1:
        never = []  # then `stuck` has said it
    if stuck or never:
        raise _wrong(
            name,
            "transitions that states.py allows",
            f"{when} to {then}",
            f"Correct `when` and `then`, or the table: nothing leads from {stuck or 'any'} to {never or then}.",
        )


def check_side(*, name: str, side: Mapping[type[Model], States]) -> None:
    """Raises DeclarationError for what it takes along without states, or to a state nothing leads to."""
    for model, after in side.items():
        table = getattr(model, "states", None)
        if table is None:
            raise _wrong(name, "models with states", model.__name__, "Take it out of `side_transitions`.")
        never = [state for state in after if not any(state in many for many in table.moves.values())]
        if never or not after:
            raise _wrong(
                name,
                f"states of {model.__name__} that a state leads to",
                never,
                "Correct `side_transitions`, or the table in states.py.",
            )


def _wrong(name: str, expected: str, came: object, remedy: str) -> DeclarationError:
    return DeclarationError(where=f"{declared_at()}, {name}", expected=expected, came=came, remedy=remedy)


def compare_and_set(item: Any, changes: Mapping[str, Any]) -> None:
    """Write `changes`, if the row still has under their names what `item` has. Raises Conflict."""
    unchanged = {name: getattr(item, name) for name in changes}
    rows = type(item)._default_manager.filter(pk=item.pk, **unchanged)  # noqa: SLF001
    if changes and not rows.update(**changes):
        raise Conflict(
            _("Someone else took this step a moment ago."),
            remedy=_("Look at what is there now, then decide again."),
        )
    rows_of_record.note(item)
    for name, value in changes.items():
        setattr(item, name, value)


@dataclass(frozen=True)
class _Running:
    step: str
    subject: Model | None
    then: States
    side: Mapping[type[Model], States]

    def may_move(self, item: Model, to: str) -> bool:
        if self.then and item == self.subject:
            return to in self.then
        return to in self.side.get(type(item), ())


_running: ContextVar[_Running | None] = ContextVar("the step whose body runs", default=None)


@contextmanager
def running(
    step: str, subject: Model | None, *, then: States, side: Mapping[type[Model], States]
) -> Iterator[None]:
    """While the body of a step runs: what `transition` holds it to."""
    token = _running.set(_Running(step, subject, then, side))
    try:
        yield
    finally:
        _running.reset(token)


def transition(item: Any, to: str) -> None:
    """Inside the body of a step, move `item` to state `to` by compare-and-set: the step's own object to one of the
    several states of its `then`, anything else as its `side_transitions` say.

    Raises WrongState when states.py has no such move, Conflict when someone else was first, RuntimeError for a move that
    the running step doesn't declare.
    """
    now = _running.get()
    if now is None or not now.may_move(item, str(to)):
        raise RuntimeError(
            f"{now.step if now else 'no step'} moves {item!r} to {str(to)!r}: "
            "name the state in `then`, or the model and the state in `side_transitions`"
        )
    name: str = item.states.field
    before = getattr(item, name)
    if not item.states.allows(before, to):
        label = dict(item.states.states.choices).get(before, before)
        raise WrongState(_("“%(item)s” is in the state “%(now)s”.") % {"item": item, "now": label})
    compare_and_set(item, {name: to, "version": item.version + 1})
