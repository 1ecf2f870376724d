"""An app's file `aliases.py` says what its models and operations were called before, oldest name first:

    model_was("catalogue.MilestoneTemplate", "engagement.PlanStep")
    operation_was("create_milestone_template", "create_plan_step")

Every rename adds its line, and no line ever goes while the model or the operation is there: entries under the old name
are read, counted and found by it (`kernel/platform/aliases.py`). What can't be is refused at start.
"""

import re
from collections.abc import Callable
from typing import NoReturn

from django.apps import apps
from django.db.models import Model

from keqiao.kernel.platform.aliases import MODELS, OPERATIONS, Names, case_kind, model_of
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.declarations import DeclarationError, declared_at

LABEL = re.compile(r"[a-z_]+\.[A-Z]\w*")
OPERATION = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def model_was(label: str, *old: str) -> None:
    """The model `label` ("app.Model") was `old` before: in another app, under another name, or both.

    Raises DeclarationError where a label is misspelt, nobody's, said before or still a model's; where another model has
    cases of the same beginning; or where a sealed field doesn't say where its old rows were sealed.
    """
    _check(MODELS, label, old, LABEL, alive=lambda name: model_of(name) is not None)
    MODELS.add(label, old)
    model = apps.get_model(label)
    refuse_unbound_fields(model)
    _refuse_shared_cases(model)


def operation_was(name: str, *old: str) -> None:
    """The operation `name` was called `old` before. Raises DeclarationError as `model_was` does."""
    _check(OPERATIONS, name, old, OPERATION, alive=operation.is_registered)
    OPERATIONS.add(name, old)


def _check(
    names: Names, name: str, old: tuple[str, ...], pattern: re.Pattern[str], alive: Callable[[str], bool]
) -> None:
    if not old:
        _refuse("at least one old name", name, "Name what it was called, oldest first.")
    for word in (name, *old):
        if not pattern.fullmatch(word):
            _refuse("a name as in enterprises.Tag or create_tag", word, "Write it as it stands in the code.")
    if not alive(name):
        _refuse("what exists now", name, "Name what exists, or take the line out with what it spoke of.")
    for place, alias in enumerate(old):
        if alias.lower() in names.now or alias in old[:place]:
            meant = names.now.get(alias.lower(), name)
            _refuse("an old name said once", alias, f"It stands for {meant!r} already.")
        if alive(alias):
            _refuse("a name no longer used", alias, "Rename what is called so now, or take the old name out.")


def refuse_unbound_fields(model: type[Model]) -> None:
    """Raises DeclarationError for a sealed field of a renamed model that is still bound to the table's own name."""
    for field in model._meta.concrete_fields:
        if getattr(field, "sealed_as", None) == "":
            _refuse(
                f"a sealed field of {model._meta.label} that says `sealed_as`", field.name,
                f'Write sealed_as="table|{field.name}" in the field, with the table the model had first.',
            )  # fmt: skip


def _refuse_shared_cases(model: type[Model]) -> None:
    case = case_kind(model)
    others = [m._meta.label for m in apps.get_models() if m is not model and m._meta.model_name == case]
    if others:
        _refuse(
            f"that no other model has cases called “{case}:…”, as {model._meta.label} has since it began", others[0],
            "Give the other model another name.",
        )  # fmt: skip


def _refuse(expected: str, came: str, remedy: str) -> NoReturn:
    raise DeclarationError(where=declared_at(), expected=expected, came=came, remedy=remedy)
