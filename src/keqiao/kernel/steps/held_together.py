"""What modules declare about each other's steps, held to what there is. Asked once, when all modules are read."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from keqiao.kernel.platform import clock, said_once
from keqiao.kernel.platform.said_once import Place
from keqiao.kernel.platform.validity import term_of
from keqiao.kernel.steps.declarations import DeclarationError, declared_in, said_of, short
from keqiao.kernel.steps.declared_fields import must_select
from keqiao.kernel.steps.gates import gates
from keqiao.kernel.steps.operation import Operation, operations
from keqiao.kernel.steps.reactions import Reaction, reactions
from keqiao.kernel.steps.states import Table, must_keep


def check() -> None:
    """Raises DeclarationError for a gate or a reaction that can never come into force, or never end."""
    for what, first, second in said_once.told_twice():
        _refuse_second(what, first, second)
    _models()
    known = {op.name: op for op in operations()}
    for gate in gates():
        _must_have_a_subject(gate.where, gate.step, known)
    for reaction in reactions():
        for step in (*reaction.after, *reaction.takes):
            _must_exist(reaction.where, step, known)
        circle = next(_circles(reaction), None)
        if circle:
            raise DeclarationError(
                where=reaction.where,
                expected="a reaction that ends",
                came=" → ".join(circle),
                remedy="It reacts to itself; let it take a step that nothing in this line reacts to.",
            )


def _refuse_second(what: str, first: Place, second: Place) -> None:
    here, there = (f"{short(Path(file))}, line {line}" for file, line in (second, first))
    raise DeclarationError(
        where=here,
        expected=f"{what} said once",
        came="a second",
        remedy=f"{there} says it: leave one of the two.",
    )


def _models() -> None:
    """Each keeps its states in a field of theirs, and begins and ends by days it has."""
    for model in apps.get_models():
        with said_of(declared_in(model)):
            table: Table | None = getattr(model, "states", None)
            if table is not None:
                must_keep(model, table)
            term = term_of(model)
            if term is not None:
                must_select(model, term.on(clock.today()))


def _must_exist(where: str, step: str, known: dict[str, Operation]) -> None:
    if step not in known:
        raise DeclarationError(
            where=where,
            expected="the name of a step",
            came=step,
            remedy="`keqiao run --help` lists the steps; correct the name, or declare the step first.",
        )


def _must_have_a_subject(where: str, step: str, known: dict[str, Operation]) -> None:
    _must_exist(where, step, known)
    if known[step].creates:
        raise DeclarationError(
            where=where,
            expected="a step on an object",
            came=step,
            remedy="This step creates its object, so there is nothing yet to ask about; gate the step after it.",
        )


def _circles(first: Reaction) -> Iterator[list[str]]:
    """The ways from a step that `first` reacts to back to it, over what reactions take."""
    waiting = [(step, [step]) for step in first.takes]
    seen: set[str] = set()
    while waiting:
        step, way = waiting.pop()
        if step in first.after:
            yield [step, *way]
        if step not in seen:
            seen.add(step)
            after = (
                next_step
                for reaction in reactions()
                if step in reaction.after
                for next_step in reaction.takes
            )
            waiting += [(next_step, [*way, next_step]) for next_step in after]
