"""Rows that are written once. These refuse early; the triggers of kernel/record/append_only.py refuse for good."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Something tried to change or remove a row of the record."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label}: the record is only ever added to, never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label}: the record is only ever added to, never removed.")


class AppendOnlyManager(models.Manager[Any]):
    def get_queryset(self) -> AppendOnlyQuerySet:
        return AppendOnlyQuerySet(self.model, using=self._db)


class AppendOnly(models.Model):
    objects = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(
                f"{self._meta.label} {self.pk}: a written row never changes; add a new one."
            )
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self._meta.label} {self.pk}: a written row is never removed.")
