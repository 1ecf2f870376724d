"""What follows from a step by declaration: when a deliverable is accepted, the survey goes out.

    reaction(name="send-survey", after="accept_deliverable", do=send_survey_of, takes=("send_survey",), within=False)

`within=True` takes the further steps in the same transaction: a refusal there refuses the whole step. `within=False`
takes them through the outbox, after the commit and at least once, so `do` asks first whether it was done. The entry of
every step so taken says which step caused it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from keqiao.kernel.models import Entry
from keqiao.kernel.platform import outbox
from keqiao.kernel.steps import modules
from keqiao.kernel.steps.declarations import DeclarationError, declared_at, declared_by

Do = Callable[[Any], object]
LONGEST = 40  # characters of a topic


class UndeclaredStepError(RuntimeError):
    """A reaction takes a step that it doesn't name, or comes round to itself: a fault of the program."""


@dataclass(frozen=True)
class Reaction:
    name: str
    after: tuple[str, ...]
    do: Do
    takes: tuple[str, ...]
    within: bool
    when: Callable[[Any], bool]
    where: str
    by: str  # the Python module that declares it


@dataclass(frozen=True)
class Cause:
    """The step that is being reacted to, and the reactions that led here, the first first."""

    step: Mapping[str, Any]
    chain: tuple[str, ...]


_reactions: dict[str, Reaction] = {}
_cause: ContextVar[Cause | None] = ContextVar("what the running reaction reacts to", default=None)


def _always(_subject: Any) -> bool:
    return True


def reaction(
    *,
    name: str,
    after: str | tuple[str, ...],
    do: Do,
    takes: tuple[str, ...],
    within: bool,
    when: Callable[[Any], bool] = _always,
    external: bool = False,
) -> Reaction:
    """Have `do(subject)` called after the step on its subject, where `when(subject)` holds.

    `takes` names every step that `do` takes, others that these call included: from it circles are found at start.
    `external` runs outside any transaction (`keqiao.kernel.platform.outbox`); it needs `within=False`. The name is the topic of
    the outbox.
    """
    steps = (after,) if isinstance(after, str) else after
    reaction = Reaction(name, steps, do, takes, within, when, declared_at(), declared_by())
    _refuse_unfit(reaction, external)
    if not within:
        outbox.handles(name, external=external)(_handler(reaction))
    _reactions[name] = reaction
    return reaction


def _refuse_unfit(reaction: Reaction, external: bool) -> None:
    if reaction.name in _reactions:
        raise DeclarationError(
            where=reaction.where,
            expected="a name of its own",
            came=reaction.name,
            remedy=f"It is taken in {_reactions[reaction.name].where}; choose another.",
        )
    if not 0 < len(reaction.name) <= LONGEST:
        raise DeclarationError(
            where=reaction.where,
            expected=f"a name of 1 to {LONGEST} characters",
            came=reaction.name,
            remedy="It is a topic of the outbox; say in a few words what follows.",
        )
    if not reaction.after:
        raise DeclarationError(
            where=reaction.where,
            expected="the steps it comes after",
            came=reaction.after,
            remedy="Name one in after=.",
        )
    if not reaction.takes:
        raise DeclarationError(
            where=reaction.where,
            expected="the steps that the reaction takes",
            came=reaction.takes,
            remedy="Let it act through operations and name them in takes=, so that what it does stands in the record.",
        )
    if reaction.within and external:
        raise DeclarationError(
            where=reaction.where,
            expected="within=False for what runs outside any transaction",
            came=reaction.name,
            remedy="Leave out external=True, or say within=False.",
        )


def reactions() -> tuple[Reaction, ...]:
    return tuple(_reactions.values())


def caused_by(step: str) -> Mapping[str, Any] | None:
    """For the entry of `step`: case, number and name of the step that caused it, and the reaction; None where a person
    takes it. Raises UndeclaredStepError for a step that the running reaction doesn't name."""
    cause = _cause.get()
    if cause is None:
        return None
    running = _reactions[cause.chain[-1]]
    if step not in running.takes:
        raise UndeclaredStepError(
            f"{running.where}: the reaction {running.name} takes {step}; name it in takes="
        )
    return cause.step


def react(step: str, subject: Model, entry: Entry) -> None:
    """Have what follows from a step just recorded, at once or through the outbox."""
    for reaction in _reactions.values():
        if step in reaction.after and reaction.when(subject):
            cause = _next(reaction, step, entry)
            if reaction.within:
                with _running(cause):
                    reaction.do(subject)
            else:
                outbox.enqueue(topic=reaction.name, payload=_payload(subject, cause), key=f"entry-{entry.pk}")


def _next(reaction: Reaction, step: str, entry: Entry) -> Cause:
    before = _cause.get()
    chain = before.chain if before else ()
    if reaction.name in chain:
        raise UndeclaredStepError(
            f"{reaction.where}: {' → '.join((*chain, reaction.name))} comes round to itself"
        )
    said = {"case": entry.case, "case_n": entry.case_n, "operation": step, "reaction": reaction.name}
    return Cause(said, (*chain, reaction.name))


@contextmanager
def _running(cause: Cause) -> Iterator[None]:
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


def _payload(subject: Model, cause: Cause) -> dict[str, Any]:
    return {
        "model": subject._meta.label_lower,
        "pk": subject.pk,
        "step": dict(cause.step),
        "chain": list(cause.chain),
    }


def _handler(reaction: Reaction) -> outbox.Handler:
    def handle(*, payload: Mapping[str, Any], key: str) -> None:
        del key
        subject = apps.get_model(payload["model"])._default_manager.get(pk=payload["pk"])  # noqa: SLF001
        with _running(Cause(payload["step"], tuple(payload["chain"]))):
            reaction.do(subject)

    return handle


modules.describe("reactions", lambda: (reaction.by for reaction in reactions()))
