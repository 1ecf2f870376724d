"""What models and operations were called before: names stand in sealed entries, which nobody can rename.

New entries carry the name of now. Whoever reads entries asks here: by `current` what an entry means, by `all` (or the Q
of `about` and `steps`) what is to be looked for. Only audit, seals and packs take an entry's names as they stand.
`kernel/steps/renames.py` fills the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model, Q


@dataclass
class Names:
    """The old names of one sort of thing. Case of letters doesn't matter in old ones."""

    now: dict[str, str] = field(default_factory=dict)
    old: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, name: str, old: tuple[str, ...]) -> None:
        self.old[name] = (*self.old.get(name, ()), *old)
        self.now |= {alias.lower(): name for alias in old}

    def current(self, name: str) -> str:
        return self.now.get(name.lower(), name)

    def all(self, name: str) -> tuple[str, ...]:
        """What stands in entries for what is called `name` now: that, and what it was called before."""
        return (name, *self.old.get(name, ()))

    def first(self, name: str) -> str:
        """The name it began with."""
        return self.old.get(name, (name,))[0]


MODELS, OPERATIONS = Names(), Names()  # by label, such as "catalogue.ServiceItem"; by name


def model_of(label: str) -> type[Model] | None:
    """The model that has this label now."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def model_named(label: str) -> type[Model] | None:
    """The model that an entry calls so; None for one of a module that is no longer installed."""
    return model_of(MODELS.current(label))


def current_label(label: str) -> str:
    """What an entry calls `label`, as `_meta.label_lower` has it now."""
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
