from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def lay_guards(*, using: str, **_kwargs: Any) -> None:
    """SQLite drops a table's triggers when a migration rebuilds it: lay them again."""
    from keqiao.kernel.record import append_only

    append_only.install(connections[using])


class KernelConfig(AppConfig):
    name = "keqiao.kernel"

    def ready(self) -> None:
        from keqiao.kernel.platform import outbox, search, worker
        from keqiao.kernel.record import rows
        from keqiao.kernel.steps import held_together, modules

        modules.load(f"{self.name}.tasks")
        modules.load(f"{self.name}.record.queries")
        modules.describe("jobs", lambda: (handler.__module__ for handler in outbox.handlers()))
        modules.describe("search", lambda: (model.__module__ for model in search.searchable_models()))
        post_migrate.connect(lay_guards, sender=self)
        outbox.wakes(worker.wake)
        modules.when_all_are_read(held_together.check)
        modules.when_all_are_read(rows.listen)
