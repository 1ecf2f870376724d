"""Who may see and do what: one registry, the only way from a person to rows.

A module registers a scope for each of its models: `policy.register(Model, scope=fn)`, where `fn(actor, verb)` gives
the Q of rows open to that actor. Pages, API, search, export and jobs ask `visible`; operations ask a `Rule`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform import said_once
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotAllowed, NotFound, Text
from keqiao.kernel.platform.q_match import FollowKey, FreshRelations, at_hand, matches

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


@dataclass(frozen=True)
class Rule:
    """A named yes or no about an actor and an object; composes with &, | and ~. The object is None before creation."""

    test: Callable[[Actor, Model | None], bool]
    reason: Text
    parts: tuple["Rule", ...] = ()  # all of which must hold
    second_person: bool = False  # it is there so that two people decide

    def __call__(self, actor: Actor, subject: Model | None = None) -> bool:
        return self.test(actor, subject)

    def __and__(self, other: "Rule") -> "Rule":
        both = _joined(self.reason, other.reason)
        two = self.second_person or other.second_person
        return Rule(lambda a, s: self(a, s) and other(a, s), both, (self, other), two)

    def __or__(self, other: "Rule") -> "Rule":
        either, two = _joined(self.reason, other.reason), self.second_person or other.second_person
        return Rule(lambda a, s: self(a, s) or other(a, s), either, second_person=two)

    def __invert__(self) -> "Rule":
        return Rule(lambda a, s: not self(a, s), self.reason)

    def require(self, actor: Actor, subject: Model | None = None, *, clause: str = "") -> None:
        """Raises NotAllowed where the rule doesn't hold. The system itself may."""
        if actor.kind != "system" and not self(actor, subject):
            raise NotAllowed(self.reason_for(actor, subject), clause=clause)

    def reason_for(self, actor: Actor, subject: Model | None) -> Text:
        """Why not, said of the part that stands in the way."""
        failed = next((part for part in self.parts if not part(actor, subject)), None)
        return failed.reason_for(actor, subject) if failed else self.reason


def _joined(first: Text, second: Text) -> Text:
    return first if first == second else format_lazy("{} / {}", first, second)


def rule(
    reason: Text, *, second_person: bool = False
) -> Callable[[Callable[[Actor, Model | None], bool]], Rule]:
    return lambda test: Rule(test, reason, second_person=second_person)


def always(_actor: Actor, _subject: Model | None) -> bool:
    return True


by_system = Rule(lambda actor, _subject: actor.kind == "system", _("Only the system does this."))


@dataclass(frozen=True, eq=False)
class Policy:
    scope: Callable[[Actor, str], Q]
    fields: Mapping[str, Callable[[Actor], bool]] = field(default_factory=dict)


_policies: dict[type[Model], Policy] = {}


def register(
    model: type[Model],
    *,
    scope: Callable[[Actor, str], Q],
    fields: Mapping[str, Callable[[Actor], bool]] | None = None,
) -> None:
    """Open rows of `model` by `scope`; `fields` names those that only some actors read, with who they are. One app says it,
    once: no other opens more."""
    said_once.once(f"the policy of {model._meta.label}")
    _policies[model] = Policy(scope, fields or {})


def registered() -> Mapping[type[Model], Policy]:
    return _policies


def in_force() -> tuple[Policy, ...]:
    """Another value whenever any policy is another: for whoever keeps what follows from them."""
    return tuple(_policies.values())


def visible(model: type[M], actor: Actor, verb: str = "view") -> "QuerySet[M]":
    """The rows of `model` open to `actor`; a model without a policy is a fault of the program, not an open door."""
    rows = model._default_manager.all()  # noqa: SLF001 - the one place that may
    if actor.kind == "system":
        return rows
    scope = _policies[model].scope(actor, verb)
    # A scope that crosses a to-many relation would repeat rows; a sub-query keeps counts and pages right. Others are
    # plain conditions, so that the database can use its indexes and stop at the end of a page.
    return (
        rows.filter(pk__in=rows.filter(scope).values("pk")) if _repeats(model, scope) else rows.filter(scope)
    )


def opens_any(model: type[Model], actor: Actor, verb: str = "view") -> bool:
    """Whether `actor` reads rows of `model` at all, or only chooses among their names."""
    return actor.kind == "system" or not closes_all(_policies[model].scope(actor, verb))


def closes_all(condition: Q | tuple[str, object]) -> bool:
    """Whether a scope is NOTHING, or NOTHING joined with something: told by its form, without asking the database."""
    if not isinstance(condition, Q):
        return condition == NOTHING.children[0]
    if condition.negated or not condition.children:
        return False
    closed = [closes_all(child) for child in condition.children if isinstance(child, Q | tuple)]
    return (
        any(closed)
        if condition.connector == Q.AND
        else len(closed) == len(condition.children) and all(closed)
    )


def open_at_hand(row: Model, actor: Actor, verb: str = "view", hangs_on: FollowKey = at_hand) -> bool | None:
    """Whether a row at hand is open to `actor`, where it and what was read with it tell; None where only the database
    can."""
    if actor.kind == "system":
        return True
    return (
        matches(_policies[type(row)].scope(actor, verb), row, hangs_on) if type(row) in _policies else False
    )


def stays_open(row: Model, actor: Actor) -> bool:
    """Whether a row just written is open to `actor`. What it hangs on is read anew, since others may have changed that
    while the step waited; the policy is asked of the database only where these rows don't tell."""
    told = open_at_hand(row, actor, hangs_on=FreshRelations())
    return visible(type(row), actor).filter(pk=row.pk).exists() if told is None else told


def _repeats(model: type[Model], condition: Q) -> bool:
    return any(
        _repeats(model, child)
        if isinstance(child, Q)
        else isinstance(child, tuple) and _crosses_many(model, child[0])
        for child in condition.children
    )


def _crosses_many(model: type[Model], path: str) -> bool:
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:  # pk, or the lookup at the end
            return False
        if field.one_to_many or field.many_to_many:
            return True
        if not isinstance(field.related_model, type):
            return False
        model = field.related_model
    return False


def visible_object(
    model: type[M],
    actor: Actor,
    pk: object,
    verb: str = "view",
    related: tuple[str, ...] = (),
    prefetch: tuple[str, ...] = (),
) -> M:
    """One row, or NotFound: absent and not open give the same answer. `related` and `prefetch` are read with it."""
    rows = visible(model, actor, verb).prefetch_related(*prefetch)
    try:
        return (rows.select_related(*related) if related else rows).get(pk=pk)
    except (ObjectDoesNotExist, ValueError, TypeError, OverflowError) as error:
        raise NotFound from error


def may_read(model: type[Model], actor: Actor, name: str) -> bool:
    """Whether `actor` may read field `name` of rows it sees."""
    test = _policies[model].fields.get(name) if model in _policies else None
    return test is None or actor.kind == "system" or test(actor)
