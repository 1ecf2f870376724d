"""What modules declare about each other's steps, held to what there is. Asked once, when all modules are read."""

from collections.abc import Iterator

from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.gates import gates
from keqiao.kernel.steps.operation import Operation, operations
from keqiao.kernel.steps.reactions import Reaction, reactions


def check() -> None:
    """Raises DeclarationError for a gate or a reaction that can never come into force, or never end."""
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
