"""Every business step is one operation: one transaction, one permission, one guard, one state change, one record.

    @operation(clause="6.1.3", on=Engagement, when=S.REVIEWED, then=S.ACCEPTED, permission=is_reviewer, label=_("Accept"))
    def accept_commission(*, engagement: Engagement, actor: Actor, time_limit: Annotated[date, Prompt(label=...)]): ...

The decorated function is called with keywords as written; `key` makes it idempotent, `expected_version` refuses a
stale form. From the registry come buttons, forms, API endpoints and commands.

With one state in `then` the object is in it before the body runs; a body that asks for `state_before: str` is told
which it came from. With several the body chooses: it calls `transition`. What it moves besides stands in
`side_transitions`, so that every change of a state is known from the declarations.

Every face runs a step by `run` and by nothing else: what is refused, be it by a guard, inside the body, by a model's own
check or by a constraint of the database, is a Refusal, and then the object the caller holds is as it was.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.files import step_files
from keqiao.kernel.platform import clock, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import OPERATIONS, case_kind
from keqiao.kernel.platform.errors import Conflict, Missing, NotFound, Refusal, Text, WrongState
from keqiao.kernel.platform.patience import Busy, is_busy
from keqiao.kernel.platform.policy import Rule
from keqiao.kernel.record import journal, rows
from keqiao.kernel.steps import ahead, gates, idempotency, modules, reactions, transitions, violations
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, name_clauses
from keqiao.kernel.steps.judging import judged_values
from keqiao.kernel.steps.params import BEFORE, Param, adds_to, params_of, subject_of, told_before
from keqiao.kernel.steps.secrecy import level_of, refuse_lowering, secrecy
from keqiao.kernel.steps.states import Table
from keqiao.kernel.steps.transitions import States, Transition, as_states

Guard = Callable[[Any], Iterable[Missing]]


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
    when: States = ()
    then: States = ()  # one: the object is in it before the body runs; several: the body moves it to one of them
    side_transitions: Mapping[type[models.Model], States] = dataclasses.field(
        default_factory=dict
    )  # what it moves besides
    table: Table | None = None
    guard: Guard | None = None
    danger: Text = ""  # what a destructive step will do, said before it is done
    hint: Callable[[Any], Text] | None = (
        None  # subject -> what to look at before it is taken; hinders nothing
    )
    confirm: bool = False  # asks for the password again
    primary: bool = False
    about_result: bool = (
        False  # its entry is about the row it makes, which fewer people read than its subject
    )
    exposed: bool = True  # False: no button; another step or a link calls it
    clause_of: Callable[[dict[str, Any]], str] | None = (
        None  # where the values say which item of the clause is met
    )
    told_before: bool = False  # its body asks for the state its object came from
    adds: bool = (
        False  # only adds something to its object, so that what else changed there is no matter to it
    )
    do_not_call_in_templates: ClassVar[bool] = True

    @property
    def creates(self) -> bool:
        return not self.subject

    def missing(self, subject: Any) -> tuple[Missing, ...]:
        own = self.guard(subject) if self.guard else ()
        return (*own, *gates.missing_at(self.name, subject))

    def fits_state(self, subject: Any) -> bool:
        return not self.when or getattr(subject, self.field) in self.when

    def changes_state(self, subject: Any) -> bool:
        """Whether the step would leave its object, as it now stands, in another state."""
        return any(state != getattr(subject, self.field) for state in self.then)

    def transitions(self) -> Iterator[Transition]:
        """Every change of a state it may bring about, on its object and on what it takes along."""
        if self.table:
            yield from transitions.between(self.model, self.table, self.when, self.then, own=True)
        for model, after in self.side_transitions.items():
            table: Table = model.states  # type: ignore[attr-defined]
            yield from transitions.between(model, table, tuple(table.moves), after, own=False)

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


def is_registered(name: str) -> bool:
    return name in _registry


def register(op: Operation) -> Operation:
    if op.name in _registry:
        raise DeclarationError(
            where=declared_at(),
            expected="a name of its own",
            came=op.name,
            remedy=f"{_registry[op.name].handler.__module__} has an operation of this name: rename one of the two.",
        )
    if op.name in OPERATIONS.now:
        raise DeclarationError(
            where=declared_at(),
            expected="a name that no aliases.py calls an old one",
            came=op.name,
            remedy=f"In old entries it means {OPERATIONS.now[op.name]!r}: choose another name.",
        )
    if not isinstance(op.permission, Rule):
        raise DeclarationError(
            where=f"{declared_at()}, {op.name}", expected="a Rule of who may", came=op.permission,
            remedy="Give `permission` a rule of permissions.py.",
        )  # fmt: skip
    name_clauses(op.clause)
    transitions.check_own(name=op.name, table=op.table, when=op.when, then=op.then)
    transitions.check_side(name=op.name, side=op.side_transitions)
    _registry[op.name] = op
    return op


def operation(
    *,
    clause: str,
    on: type[models.Model],
    permission: Rule,
    label: Text,
    when: str | Iterable[str] = (),
    then: str | Iterable[str] = (),
    side_transitions: Mapping[type[models.Model], str | Iterable[str]] | None = None,
    table: Table | None = None,
    guard: Guard | None = None,
    danger: Text = "",
    hint: Callable[[Any], Text] | None = None,
    confirm: bool = False,
    primary: bool = False,
    about_result: bool = False,
    exposed: bool = True,
    clause_of: Callable[[dict[str, Any]], str] | None = None,
) -> Callable[[Callable[..., Any]], Operation]:
    def decorate(handler: Callable[..., Any]) -> Operation:
        subject = subject_of(handler, on)
        params = params_of(handler, without=frozenset({subject, "actor", BEFORE}))
        op = Operation(
            name=handler.__name__,
            handler=handler,
            model=on,
            subject=subject,
            clause=clause,
            label=label,
            permission=permission,
            params=params,
            when=as_states(when),
            then=as_states(then),
            side_transitions={model: as_states(after) for model, after in (side_transitions or {}).items()},
            table=table or getattr(on, "states", None),
            guard=guard,
            danger=danger,
            hint=hint,
            confirm=confirm,
            primary=primary,
            about_result=about_result,
            exposed=exposed,
            clause_of=clause_of,
            told_before=told_before(handler, subject),
            adds=bool(subject) and not then and not danger and adds_to(handler, on, params),
        )
        return register(op)

    return decorate


class _Done(NamedTuple):
    result: Any
    subject: models.Model | None = None  # as the step left it


def run(
    op: Operation, *, actor: Actor, key: str = "", expected_version: int | None = None, **values: Any
) -> Any:
    """Carry out `op`. Raises a Refusal that says why not; then nothing was changed, the caller's object neither."""
    _check_names(op, values)
    values = judged_values(op.params, values)
    subject = values.get(op.subject)
    once = idempotency.Request.of(op.name, actor, key, values) if key else None
    try:
        done = ahead.carried_out(
            op.name,
            lambda: _run(op, actor, once, expected_version, values),
            values=(actor, *values.values()),
        )
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise
    except (Refusal, ValidationError, IntegrityError) as error:
        # A double click: while this one waited for the row, the other took the step. Then its result is the answer.
        earlier = idempotency.find(once) if once else None
        if earlier is not None:
            return earlier
        refusal = _in_words(op, error, values)
        if refusal is None or refusal is error:
            raise
        raise refusal from error
    if subject is not None and done.subject is not None:
        _carry_over(done.subject, subject)
    return done.result


def _run(
    op: Operation,
    actor: Actor,
    once: idempotency.Request | None,
    expected_version: int | None,
    values: dict[str, Any],
) -> _Done:
    arguments = {name: value for name, value in values.items() if name != op.subject}
    hashes = step_files.hashes_of(arguments)
    with (
        transaction.atomic(),
        search.at_the_end() as saved,
        step_files.collected() as stored,
        rows.collected() as written,
    ):
        if once:
            earlier = idempotency.find(once)
            if earlier is not None:
                return _Done(earlier)
        if op.creates:
            op.permission.require(actor, clause=op.clause)
            subject, result, level = None, _body(op, actor, arguments), 0
        else:
            subject, before = _claim(op, actor, values[op.subject], expected_version)
            was, level = level_of(subject), secrecy(op.params, arguments, subject)
            result = _body(op, actor, arguments, subject, before)
            refuse_lowering(subject, was)
        about = result if subject is None or op.about_result else subject
        rows.note(*(row for row in (subject, about) if row is not None))
        entry = journal.record(
            operation=op.name,
            clause=op.clause_of(values) if op.clause_of else op.clause,
            actor=None if actor.kind == "system" else actor,
            subject=about,
            case=case_of(about),
            payload={name: value for name, value in arguments.items() if not isinstance(value, UploadedFile)},
            files=tuple(dict.fromkeys([*hashes, *(sha256 for _file, sha256 in stored)])),
            services=services_of(about),
            caused_by=reactions.caused_by(op.name),
            written=written,
            level=max(level, secrecy(op.params, arguments, about, result)),
            at=clock.now(),
        )
        reactions.react(op.name, about, entry)
        search.refresh(*saved.values(), about, result)
        if once:
            idempotency.keep(once, result=result or about)
        return _Done(result, subject)


def _body(
    op: Operation,
    actor: Actor,
    arguments: dict[str, Any],
    subject: models.Model | None = None,
    before: str = "",
) -> Any:
    about = {op.subject: subject} if subject is not None else {}
    told = {BEFORE: before} if op.told_before else {}
    with transitions.running(op.name, subject, then=op.then, side=op.side_transitions):
        result = op.handler(actor=actor, **about, **told, **arguments)
    if subject is not None and op.table:
        now = getattr(subject, op.field)
        if now not in (op.then or (before,)):
            raise RuntimeError(
                f"{op.name} left {subject!r} in the state {now!r}, which it doesn't declare in `then`"
            )
    return result


def _in_words(op: Operation, error: Exception, values: Mapping[str, Any]) -> Refusal | None:
    """The refusal that `error` is, beside the parameter it is about; None for a fault of the program."""
    names = tuple(param.name for param in op.params)
    if isinstance(error, ValidationError):
        return violations.invalid_of(error)
    if isinstance(error, IntegrityError):
        return violations.refusal_of(error, names=names)
    assert isinstance(error, Refusal)
    if error.value is not None:
        holds = (
            name for name in names if any(file is error.value for file in step_files.among(values.get(name)))
        )
        error.fields = dict.fromkeys(holds, (error.message,)) or error.fields
    return error


def _check_names(op: Operation, values: dict[str, Any]) -> None:
    known = {param.name for param in op.params} | ({op.subject} if op.subject else set())
    unknown = set(values) - known
    required = {param.name for param in op.params if param.required} | ({op.subject} if op.subject else set())
    if unknown or required - set(values):
        raise TypeError(f"{op.name}: unknown {sorted(unknown)}, missing {sorted(required - set(values))}")


def _claim(
    op: Operation, actor: Actor, subject: models.Model, expected_version: int | None
) -> tuple[Any, str]:
    """Lock the object, check permission, state and guard, and move its state by compare-and-set. The object as it now
    is, and the state it was in."""
    rows = op.model._default_manager.filter(pk=subject.pk)  # noqa: SLF001
    try:
        current: Any = rows.select_for_update().get()
    except ObjectDoesNotExist as gone:
        raise NotFound from gone
    op.permission.require(actor, current, clause=op.clause)
    if not op.fits_state(current):
        raise WrongState(wrong_state(op, current), clause=op.clause)
    missing = op.missing(current)
    if missing:
        raise Refusal(_("This step can't be taken yet."), clause=op.clause, missing=missing)
    before = str(getattr(current, op.field)) if op.table else ""
    changes: dict[str, Any] = {}
    if hasattr(current, "version"):
        if expected_version is not None and current.version != expected_version:
            raise Conflict(
                _("Someone else changed this after you opened it."),
                remedy=_("Look at what is there now, then decide again."),
            )
        changes["version"] = current.version + 1
    if len(op.then) == 1:
        changes[op.field] = op.then[0]
    transitions.compare_and_set(current, changes)
    return current, before


def _carry_over(current: models.Model, subject: models.Model) -> None:
    """The caller's object shows what became of it, as `save()` would leave it."""
    if subject is not current:
        subject.__dict__ = current.__dict__


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
    return named or f"{case_kind(type(subject))}:{subject.pk}"


def services_of(subject: models.Model) -> tuple[str, ...]:
    """Codes of the service items of clause 5 that a step on this object serves, as the object says."""
    return tuple(getattr(subject, "journal_services", ()))


modules.describe("operations", lambda: (op.handler.__module__ for op in operations()))
