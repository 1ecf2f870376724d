"""Files that people may fetch. A file is as open as the rows that refer to it: it has no door of its own."""

from functools import reduce
from operator import or_

from django.db.models import ForeignKey, Model, Q

from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import NotFound

_owners: list[tuple[type[Model], str]] = []


def downloadable(model: type[Model], *names: str) -> None:
    """Open the files in these foreign keys of `model` to whoever sees the row and may read the field."""
    for name in names:
        field = model._meta.get_field(name)
        if not isinstance(field, ForeignKey) or field.related_model is not Blob:
            raise TypeError(f"{model.__name__}.{name} refers to no file")
        _owners.append((model, name))


def owners() -> tuple[tuple[type[Model], str], ...]:
    return tuple(_owners)


def open_file(actor: Actor, pk: int) -> Blob:
    """The file, when a row that the actor sees refers to it; else NotFound. One query for all that refers."""
    referring = [
        Q(pk__in=policy.visible(model, actor).filter(**{name: pk}).values(name))
        for model, name in _owners
        if policy.may_read(model, actor, name)
    ]
    found = Blob.objects.filter(pk=pk).filter(reduce(or_, referring, policy.NOTHING)).first()
    if found is None:
        raise NotFound
    return found
