"""Many rows written at once: no step a row, one entry for the list. For lists of thousands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from keqiao.imports.rows import Row
from keqiao.imports.writing import Ready, names
from keqiao.kernel.platform import clock, search
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Missing
from keqiao.kernel.platform.policy import Rule
from keqiao.kernel.record import rows as rows_of_record


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Writes rows of `model` by the thousand and takes them back.

    `permission` says who may change a row that is there. `fill(item, actor)` sets what no column says of a new row, and
    `number(items)` what depends on rows that the actor isn't told of.
    `used(numbers)` gives those rows that something points at since: they are not removed. What is found by the search
    is found under `str(item)`.
    """

    model: type[Model]
    permission: Rule
    fields: tuple[str, ...]
    fill: Callable[[Any, Actor], None] = lambda _item, _actor: None
    number: Callable[[list[Any]], None] = lambda _items: None
    used: Callable[[Any], set[int]] = lambda _numbers: set()
    most: int | None = None

    def judge(self, row: Row, there: Any, actor: Actor) -> None:
        """The cells say it all."""

    def may_change(self, actor: Actor, there: Any) -> str:
        return "" if self.permission(actor, there) else str(self.permission.reason_for(actor, there))

    def words_of(self, item: Any) -> str:
        return search.words_of(item) if self._is_found else ""

    def add(self, rows: list[Ready], actor: Actor) -> list[Any]:
        added = self.model._default_manager.bulk_create(self.fresh(rows, actor))  # noqa: SLF001
        self.index(added, rows)
        return added

    def fresh(self, rows: list[Ready], actor: Actor) -> list[Any]:
        """Items that are not written yet, in the order of `rows`."""
        items = []
        for row in rows:
            item = self.model()
            self._set(item, row)
            self.fill(item, actor)
            items.append(item)
        self.number(items)
        return items

    def change(self, rows: list[Ready], actor: Actor) -> list[Any]:
        del actor
        changed = self._save(rows)
        self.index(changed, rows)
        return changed

    def _save(self, rows: list[Ready]) -> list[Any]:
        for row in rows:
            self._set(row.item, row)
            row.item.version += 1
            row.item.updated_at = clock.now()
        changed = [row.item for row in rows]
        self.model._default_manager.bulk_update(changed, (*self.fields, "version", "updated_at"))  # noqa: SLF001
        rows_of_record.note_held(changed)
        return changed

    def hindered(self, added: Any) -> list[Missing]:
        used = self.used(added)
        if not used:
            return []
        rows = self.model._default_manager.filter(pk__in=sorted(used)[:5])  # noqa: SLF001
        text = _("In use since: %(names)s.") % {"names": names(rows)}
        return [Missing(text, remedy=_("Change those by hand."))]

    def remove(self, items: list[Any], actor: Actor) -> None:
        del actor
        numbers = [item.pk for item in items]
        search.forget_many(self.model, numbers)
        self.model._default_manager.filter(pk__in=numbers).delete()  # noqa: SLF001

    def restore(self, rows: list[Ready], actor: Actor) -> None:
        del actor
        restored = self._save(rows)
        if self._is_found:
            search.rebuild(restored)

    def _set(self, item: Any, row: Ready) -> None:
        for name, value in row.values.items():
            setattr(item, self.model._meta.get_field(name).attname, value)  # type: ignore[union-attr]

    def index(self, items: list[Any], rows: list[Ready]) -> None:
        """Have them found under the words that were made ahead."""
        if self._is_found:
            search.put(
                self.model, ((item, str(item), row.words) for item, row in zip(items, rows, strict=True))
            )

    @property
    def _is_found(self) -> bool:
        return self.model in search.searchable_models()
