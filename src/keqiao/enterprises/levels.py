"""What copies the classification of its enterprise follows it, all in the transaction that changes it.

A row with a label of its own (a file, a right) isn't touched: its scope asks for its own level and the enterprise's. A copy
is asked alone, so that lists need no join; so it must never lag behind (decision 0107).
"""

from collections.abc import Iterator

from django.db.models import Model

from keqiao.enterprises.models import Enterprise
from keqiao.enterprises.relations import Pointer, pointers
from keqiao.kernel.models import Blob
from keqiao.kernel.record import rows
from keqiao.kernel.steps.secrecy import has_own_level


def copies() -> Iterator[Pointer]:
    """Tables with a copy of the enterprise's level: a column that nobody fills in."""
    return ((model, name) for model, name in pointers() if has_level(model) and not has_own_level(model))


def has_level(model: type[Model]) -> bool:
    return any(field.name == "level" for field in model._meta.fields)


def follow_up(enterprise: Enterprise) -> None:
    """No copy, and no file in the log of what leaves the house, is below the enterprise as it now is."""
    level = enterprise.level
    for model, name in copies():
        found = model._default_manager.filter(**{name: enterprise.pk}, level__lt=level)  # noqa: SLF001
        rows.update(found, level=level)
    rows.update(Blob.objects.filter(enterprise_id=enterprise.pk, level__lt=level), level=level)


def follow_down(enterprise: Enterprise, *, before: int) -> None:
    """Copies of what it was are copies of what it is. Files keep the highest they had."""
    for model, name in copies():
        found = model._default_manager.filter(**{name: enterprise.pk}, level=before)  # noqa: SLF001
        rows.update(found, level=enterprise.level)


def level_held(enterprise: Enterprise) -> int:
    """The level as it is now; the row is held until the step ends, so that what begins meanwhile begins no lower."""
    return Enterprise.objects.select_for_update().get(pk=enterprise.pk).level
