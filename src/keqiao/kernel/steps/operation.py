"""Every business step is one operation: one transaction, one permission, one guard, one state change, one record.

    @operation(clause="6.1.3", on=Engagement, when=S.REVIEWED, then=S.ACCEPTED, may=is_reviewer, label=_("Accept"))
    def accept_commission(*, engagement: Engagement, actor: Actor, time_limit: Annotated[date, Ask(label=...)]): ...

The decorated function is called with keywords as written; `key` makes it idempotent, `expected_version` refuses a
stale form. From the registry come buttons, forms, API endpoints and commands.
"""

import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, get_type_hints

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform import clock, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Conflict, Missing, Refusal, Text, WrongState
from keqiao.kernel.platform.policy import Rule
from keqiao.kernel.record import journal
from keqiao.kernel.steps import idempotency
from keqiao.kernel.steps.params import Param, params_of
from keqiao.kernel.steps.states import Table

Guard = Callable[[Any], Iterable[Missing]]
_files: ContextVar[list[str]] = ContextVar("files touched by the running operation")


@dataclass(frozen=True)
class Operation:
    name: str
    handler: Callable[..., Any]
    model: type[models.Model]
    subject: str  # the name of the parameter that takes the object; empty when the operation creates it
    clause: str
    label: Text
    permission: Rule
    params: tuple[Param, ...]
    when: tuple[str, ...] = ()
    then: str | None = None
    table: Table | None = None
    guard: Guard | None = None
    danger: Text = ""  # what a destructive step will do, said before it is done
    confirm: bool = False  # asks for the password again
    primary: bool = False
    exposed: bool = True  # False: no button; another step or a link calls it
    clause_of: Callable[[dict[str, Any]], str] | None = (
        None  # where the values say which item of the clause is met
    )
    adds: bool = (
        False  # only adds something to its object, so that what else changed there is no matter to it
    )
    do_not_call_in_templates: ClassVar[bool] = True

    @property
    def creates(self) -> bool:
        return not self.subject

    def missing(self, subject: Any) -> tuple[Missing, ...]:
        return tuple(self.guard(subject)) if self.guard else ()

    def fits_state(self, subject: Any) -> bool:
        return not self.when or getattr(subject, self.field) in self.when

    @property
    def field(self) -> str:
        return self.table.field if self.table else "state"

    def __call__(self, **values: Any) -> Any:
        return run(self, **values)


_registry: dict[str, Operation] = {}


def operations() -> tuple[Operation, ...]:
    return tuple(_registry.values())


def operations_on(model: type[models.Model]) -> tuple[Operation, ...]:
    return tuple(op for op in _registry.values() if op.model is model)


def get(name: str) -> Operation:
    return _registry[name]


def register(op: Operation) -> Operation:
    if op.name in _registry:
        raise ValueError(f"two operations are called {op.name}")
    if op.then and op.table:
        wrong = [before for before in op.when if not op.table.allows(before, op.then)]
        if wrong:
            raise ValueError(f"{op.name}: states.py has no move from {wrong} to {op.then}")
    _registry[op.name] = op
    return op


def operation(
    *,
    clause: str,
    on: type[models.Model],
    permission: Rule,
    label: Text,
    when: str | Iterable[str] = (),
    then: str | None = None,
    table: Table | None = None,
    guard: Guard | None = None,
    danger: Text = "",
    confirm: bool = False,
    primary: bool = False,
    exposed: bool = True,
    clause_of: Callable[[dict[str, Any]], str] | None = None,
) -> Callable[[Callable[..., Any]], Operation]:
    def decorate(handler: Callable[..., Any]) -> Operation:
        subject = _subject(handler, on)
        params = params_of(handler, without=frozenset({subject, "actor"}))
        op = Operation(
            name=handler.__name__,
            handler=handler,
            model=on,
            subject=subject,
            clause=clause,
            label=label,
            permission=permission,
            params=params,
            when=(str(when),) if isinstance(when, str) else tuple(map(str, when)),
            then=str(then) if then is not None else None,
            table=table or getattr(on, "states", None),
            guard=guard,
            danger=danger,
            confirm=confirm,
            primary=primary,
            exposed=exposed,
            clause_of=clause_of,
            adds=bool(subject) and not then and not danger and _adds(handler, on, params),
        )
        return register(op)

    return decorate


def _subject(handler: Callable[..., Any], model: type[models.Model]) -> str:
    """The first parameter of the operation's own model is its object; without one the operation creates it."""
    first = next(iter(inspect.signature(handler).parameters))
    return first if get_type_hints(handler).get(first) is model else ""


def _adds(handler: Callable[..., Any], model: type[models.Model], params: tuple[Param, ...]) -> bool:
    """It gives something else than its object, and its form shows nothing of what stands in the object."""
    given = get_type_hints(handler).get("return")
    made = isinstance(given, type) and issubclass(given, models.Model) and given not in {model, models.Model}
    return made and not any(param.prompt.initial or param.prompt.prefill for param in params)


def touch_file(sha256: str) -> None:
    """Name a file as touched by the running operation, so that its hash enters the record."""
    _files.get().append(sha256)


def run(
    op: Operation, *, actor: Actor, key: str = "", expected_version: int | None = None, **values: Any
) -> Any:
    """Carry out `op`. Raises a Refusal that says why not; then nothing was changed."""
    _check_names(op, values)
    once = idempotency.Request.of(op.name, actor, key, values) if key else None
    try:
        return _run(op, actor, once, expected_version, values)
    except (Refusal, IntegrityError):
        # A double click: while this one waited for the row, the other took the step. Then its result is the answer.
        earlier = idempotency.find(once) if once else None
        if earlier is None:
            raise
        return earlier


def _run(
    op: Operation,
    actor: Actor,
    once: idempotency.Request | None,
    expected_version: int | None,
    values: dict[str, Any],
) -> Any:
    files: list[str] = []
    token = _files.set(files)
    try:
        with transaction.atomic(), search.at_the_end() as saved:
            if once:
                earlier = idempotency.find(once)
                if earlier is not None:
                    return earlier
            subject = None if op.creates else _claim(op, actor, values, expected_version)
            if op.creates:
                op.permission.require(actor, clause=op.clause)
            result = op.handler(actor=actor, **values)
            about = subject if subject is not None else result
            journal.record(
                operation=op.name,
                clause=op.clause_of(values) if op.clause_of else op.clause,
                actor=None if actor.kind == "system" else actor,
                subject=about,
                case=case_of(about),
                payload={
                    name: value
                    for name, value in values.items()
                    if name != op.subject and not isinstance(value, UploadedFile)
                },
                files=tuple(dict.fromkeys(files)),
                at=clock.now(),
            )
            search.refresh(*saved.values(), about, result)
            if once:
                idempotency.keep(once, result=result or about)
            return result
    finally:
        _files.reset(token)


def _check_names(op: Operation, values: dict[str, Any]) -> None:
    known = {param.name for param in op.params} | ({op.subject} if op.subject else set())
    unknown = set(values) - known
    required = {param.name for param in op.params if param.required} | ({op.subject} if op.subject else set())
    if unknown or required - set(values):
        raise TypeError(f"{op.name}: unknown {sorted(unknown)}, missing {sorted(required - set(values))}")


def _claim(op: Operation, actor: Actor, values: dict[str, Any], expected_version: int | None) -> models.Model:
    """Lock the object, check permission, state and guard, and move its state by compare-and-set."""
    subject = values[op.subject]
    rows = op.model._default_manager.filter(pk=subject.pk)  # noqa: SLF001
    current = rows.select_for_update().get()
    op.permission.require(actor, current, clause=op.clause)
    if not op.fits_state(current):
        raise WrongState(wrong_state(op, current), clause=op.clause)
    missing = op.missing(current)
    if missing:
        raise Refusal(_("This step can't be taken yet."), clause=op.clause, missing=missing)
    _compare_and_set(op, current, expected_version)
    values[op.subject] = current
    _carry_over(current, subject)
    return current


def _compare_and_set(op: Operation, current: Any, expected_version: int | None) -> None:
    rows = op.model._default_manager.filter(pk=current.pk)  # noqa: SLF001
    changes: dict[str, Any] = {}
    if hasattr(current, "version"):
        if expected_version is not None and current.version != expected_version:
            raise Conflict(
                _("Someone else changed this after you opened it."),
                remedy=_("Look at what is there now, then decide again."),
            )
        rows = rows.filter(version=current.version)
        changes["version"] = current.version + 1
    if op.then is not None:
        rows = rows.filter(**{op.field: getattr(current, op.field)})
        changes[op.field] = op.then
    if changes and not rows.update(**changes):
        raise Conflict(
            _("Someone else took this step a moment ago."),
            remedy=_("Look at what is there now, then decide again."),
        )
    for name, value in changes.items():
        setattr(current, name, value)


def _carry_over(current: models.Model, given: models.Model) -> None:
    """The caller's object shows what became of it, as `save()` would leave it."""
    if given is not current:
        given.__dict__ = current.__dict__


def wrong_state(op: Operation, subject: Any) -> Text:
    labels = dict(op.table.states.choices) if op.table else {}
    now = labels.get(getattr(subject, op.field), getattr(subject, op.field))
    wanted = "、".join(str(labels.get(state, state)) for state in op.when)
    return _("This step belongs to the state “%(wanted)s”; this is in the state “%(now)s”.") % {
        "wanted": wanted,
        "now": now,
    }


def case_of(subject: models.Model) -> str:
    """The case a record belongs to: the one the object names, or the object itself."""
    named = getattr(subject, "journal_case", None)
    return named or f"{subject._meta.model_name}:{subject.pk}"


def transition(item: Any, to: str) -> None:
    """Inside an operation on something else, move `item` to state `to` by compare-and-set.

    Raises WrongState when states.py has no such move, Conflict when someone else was first.
    """
    before = getattr(item, item.states.field)
    if not item.states.allows(before, to):
        label = dict(item.states.states.choices).get(before, before)
        raise WrongState(_("“%(item)s” is in the state “%(now)s”.") % {"item": item, "now": label})
    rows = type(item)._default_manager.filter(pk=item.pk, version=item.version, **{item.states.field: before})  # noqa: SLF001
    if not rows.update(version=item.version + 1, **{item.states.field: to}):
        raise Conflict(
            _("Someone else took this step a moment ago."),
            remedy=_("Look at what is there now, then decide again."),
        )
    item.version += 1
    setattr(item, item.states.field, to)
