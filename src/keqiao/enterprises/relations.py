"""Every table that points at an enterprise, whatever module it belongs to."""

from collections.abc import Iterator

from django.db.models import ForeignKey, Model

from keqiao.accounts.models import User
from keqiao.enterprises.models import Enterprise

Pointer = tuple[type[Model], str]
# Which record was merged into which is not moved.
APART: frozenset[type[Model]] = frozenset({Enterprise, Enterprise.tags.through})


def pointers() -> Iterator[Pointer]:
    """Hidden relations (`related_name="+"`) too: the rows behind them would be lost as well."""
    for relation in Enterprise._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if isinstance(field, ForeignKey) and relation.auto_created and field.model not in APART:
            yield field.model, field.name
    yield User, "enterprise_id"  # accounts lie below enterprises: a number, no foreign key


def used(ids: "list[int] | object") -> set[int]:
    """Those of these enterprises that anything points at."""
    targets: set[int] = set()
    for model, name in pointers():
        targets |= set(model._default_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True))  # noqa: SLF001
    return targets
