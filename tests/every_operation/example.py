"""What a test needs to know of one operation: on what, by whom, with which values. Registered by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from tests.every_operation.lacking import Lacking, lacks
from tests.factories.world import World

from keqiao.kernel.steps.operation import Operation, get

ALL = (
    "visitor", "client", "other client", "consultant", "outsider", "member", "manager", "low manager", "auditor",
    "expert", "other expert", "system administrator", "security administrator", "audit administrator",
)  # fmt: skip
# Who the rules name, in terms of the world's people.
MANAGERS = frozenset({"manager", "low manager"})
STAFF = frozenset({"consultant", "outsider", "member"}) | MANAGERS
IN_CHARGE = frozenset({"consultant", "manager"})
AT_WORK = IN_CHARGE | {"member", "expert"}
CLIENT = frozenset({"client"})
VISITOR = frozenset({"visitor"})
NOBODY: frozenset[str] = frozenset()
# What a rule says to somebody it doesn't name.
OF_MANAGERS = lacks("Only a manager may do this.", by="consultant")

Values = Callable[[World, Any], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Example:
    """`by` takes the step; `allowed` are all who may; everyone else must be refused.

    `subject(world, state)` gives the row; by default the world's row of the operation's model in that state.
    `values(world, subject)` gives fresh valid values; `others` what to change for a second, different request.
    """

    by: str
    allowed: frozenset[str]
    values: Values = lambda _world, _subject: {}
    subject: Callable[[World, str], Any] | None = None
    others: Values = lambda _world, _subject: {}
    nested: tuple[str, ...] = ()  # operations it takes along, each with an entry of its own
    states: tuple[str, ...] | None = None  # those of `when` it can be prepared in; None: all
    asked_in: str = ""  # the state in which rights are tried; else the first
    invalid_to: frozenset[str] = frozenset()  # who may take the step, but not with these values
    form_opens_to: frozenset[str] | None = None  # where the form can't know yet whose row it will be
    not_exposed: str = ""  # why it has no button: another step or a link calls it
    ends: dict[str, str] = field(default_factory=dict)  # from state → to state, where `then` doesn't say
    lacking: tuple[Lacking, ...] = ()  # for each guard: it alone isn't met

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(one for one in ALL if one not in self.allowed)


def retired(world: World, model: type[Model]) -> Any:
    """The world's row of this kind, as it is once it can no longer be chosen."""
    row = world.of(model)
    model._default_manager.filter(pk=row.pk).update(retired_on=date(2026, 1, 1))
    row.refresh_from_db()
    return row


def retiring(stem: str, *, by: str, allowed: frozenset[str], others: Lacking = OF_MANAGERS) -> None:
    """Both ways, for a kind of row that is retired and used again; `others` is what else the step asks."""

    def in_use(world: World, _state: str) -> Any:
        return world.of(get(f"reuse_{stem}").model)

    def out_of_use(world: World, _state: str) -> Any:
        return retired(world, get(f"reuse_{stem}").model)

    already = lacks("This is retired already.", subject=out_of_use, settled=True)
    example(f"retire_{stem}", by=by, allowed=allowed, lacking=(others, already))
    needless = lacks("This is in use.", subject=in_use, settled=True)
    example(f"reuse_{stem}", by=by, allowed=allowed, subject=out_of_use, lacking=(others, needless))


_examples: dict[str, Example] = {}


def example(name: str, **facts: Any) -> None:
    if name in _examples:
        raise ValueError(f"two examples for {name}")
    _examples[name] = Example(**facts)


def example_of(name: str) -> Example:
    return _examples[name]


def known() -> frozenset[str]:
    return frozenset(_examples)


def operation_of(name: str) -> Operation:
    return get(name)
