"""What a model or an operation was called before: names stand in sealed entries, which nobody can rename.

    model_was("catalogue.MilestoneTemplate", "engagement.MilestoneTemplate")
    operation_was("create_milestone_template", "create_milestone_template")

An app says so in its file `aliases.py`, oldest name first. New entries carry the name of now; whoever reads entries asks
here, by `current` of what an entry says and by `all` of what is looked for. Only audit, seals and packs take an entry's
names as they stand.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model, Q

from keqiao.kernel.steps.declarations import DeclarationError, declared_at

FILE = "aliases.py"


@dataclass
class Names:
    """The old names of one sort of thing. `alive` says whether something has a name now."""

    sort: str
    pattern: re.Pattern[str]
    alive: Callable[[str], bool]
    now: dict[str, str] = field(default_factory=dict)
    old: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, name: str, old: tuple[str, ...]) -> None:
        """Raises DeclarationError where a name is misspelt, nobody's, taken, or still somebody's."""
        self._check(name, old)
        self.old[name] = (*self.old.get(name, ()), *old)
        self.now |= {one.lower(): name for one in old}

    def current(self, name: str) -> str:
        return self.now.get(name.lower(), name)

    def all(self, name: str) -> tuple[str, ...]:
        """What stands in entries for what is called `name` now: that, and what it was called before."""
        return (name, *self.old.get(name, ()))

    def first(self, name: str) -> str:
        """The name it began with."""
        return self.old.get(name, (name,))[0]

    def refuse_new(self, name: str) -> None:
        """Raises DeclarationError for a new thing under a name that means another in old entries."""
        if name in self.now:
            raise DeclarationError(
                where=declared_at(),
                expected=f"a name for {self.sort} that no {FILE} calls an old one",
                came=name,
                remedy=f"In old entries it means {self.now[name]!r}: choose another name.",
            )

    def _check(self, name: str, old: tuple[str, ...]) -> None:
        if not old:
            self._refuse("at least one old name", name, "Name what it was called, oldest first.")
        for one in (name, *old):
            if not self.pattern.fullmatch(one):
                self._refuse(f"the name of {self.sort}", one, "Write it as it stands in the code.")
        if not self.alive(name):
            self._refuse(
                f"{self.sort} of now", name, "Name what exists, or take the line out with what it spoke of."
            )
        for place, one in enumerate(old):
            if one.lower() in self.now or one in old[:place]:
                self._refuse(
                    "an old name said once",
                    one,
                    f"It stands for {self.now.get(one.lower(), name)!r} already.",
                )
            if self.alive(one):
                self._refuse(
                    "a name that is no longer used",
                    one,
                    f"Rename what is called so now, or drop it from {FILE}.",
                )

    def _refuse(self, expected: str, came: str, remedy: str) -> None:
        raise DeclarationError(where=declared_at(), expected=expected, came=came, remedy=remedy)


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


MODELS = Names("a model", re.compile(r"[a-z_]+\.[A-Z]\w*"), lambda label: _model(label) is not None)
# `alive` is told by the registry of operations, which stands above.
OPERATIONS = Names("an operation", re.compile(r"[a-z]+(_[a-z0-9]+)+"), lambda _name: False)


def model_was(label: str, *old: str) -> None:
    """The model `label` ("app.Model") was called `old` before, oldest first: another app, another name, or both.

    Raises DeclarationError where that can't be, or where the model has a sealed field that doesn't say under which table
    and name its old rows are sealed.
    """
    MODELS.add(label, old)
    model = apps.get_model(label)
    refuse_unbound_fields(model)
    _refuse_shared_cases(model)


def refuse_unbound_fields(model: type[Model]) -> None:
    """Raises DeclarationError for a sealed field of a renamed model that is still bound to the table's own name."""
    for one in model._meta.concrete_fields:
        if getattr(one, "sealed_as", None) == "":
            raise DeclarationError(
                where=declared_at(),
                expected=f"a sealed field of {model._meta.label} that says `sealed_as`",
                came=one.name,
                remedy=f'Write sealed_as="table|{one.name}" in the field, with the table the model had first.',
            )


def _refuse_shared_cases(model: type[Model]) -> None:
    case = case_kind(model)
    others = [m._meta.label for m in apps.get_models() if m is not model and m._meta.model_name == case]
    if others:
        raise DeclarationError(
            where=declared_at(),
            expected=f"that no other model has cases called “{case}:…”, as {model._meta.label} has since it began",
            came=others[0],
            remedy="Give the other model another name.",
        )


def operation_was(name: str, *old: str) -> None:
    """The operation `name` was called `old` before, oldest first. Raises DeclarationError where that can't be."""
    OPERATIONS.add(name, old)


def model_named(label: str) -> type[Model] | None:
    """The model that an entry calls so; None for one of a module that is no longer installed."""
    return _model(current_label(label))


def current_label(label: str) -> str:
    """What is called `label` in an entry, as `_meta.label_lower` has it now."""
    return MODELS.current(label).lower()


def labels_of(model: type[Model]) -> tuple[str, ...]:
    """Every name, in small letters, under which entries speak of rows of this model."""
    return tuple(label.lower() for label in MODELS.all(model._meta.label))


def first_label(model: type[Model]) -> str:
    """In small letters the name it began with, for what must come out the same under every name."""
    return MODELS.first(model._meta.label).lower()


def case_kind(model: type[Model]) -> str:
    """How the cases of its rows begin. A case that goes on keeps its name, so that its numbers have no gap."""
    return first_label(model).rpartition(".")[2]


def about(model: type[Model]) -> Q:
    """Entries about rows of this model, under whatever name."""
    return Q(subject_type__in=labels_of(model))


def steps(names: Iterable[str]) -> Q:
    """Entries of these operations, under whatever name."""
    return Q(operation__in=[old for name in names for old in OPERATIONS.all(name)])
