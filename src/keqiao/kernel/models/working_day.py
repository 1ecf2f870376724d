"""How a model keeps a day reckoned in working days: the day, and beside it whether it is provisional."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from keqiao.kernel.platform.reckoned import ReckonedDay

if TYPE_CHECKING:
    BooleanField = models.BooleanField[bool, bool]
else:
    BooleanField = models.BooleanField

MARK = "_provisional"


class _WithItsMark(DeferredAttribute):
    """The day read from the database gets back the mark that lies beside it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        day = super().__get__(instance, cls)
        if not isinstance(day, date) or isinstance(day, ReckonedDay):
            return day
        return ReckonedDay.of(day, provisional=getattr(instance, self.field.attname + MARK))

    def __set__(self, instance: Any, day: object) -> None:
        """With this Python asks __get__ even where the instance holds a value."""
        instance.__dict__[self.field.attname] = day


class WorkingDayField(models.DateField):
    """Takes what the calendar reckons. Its model has a ProvisionalMark of the same name and `_provisional`."""

    descriptor_class = _WithItsMark
    if TYPE_CHECKING:  # by which a plain date is refused
        _pyi_private_set_type: ReckonedDay
        _pyi_private_get_type: ReckonedDay

    def get_prep_value(self, value: Any) -> Any:
        day = super().get_prep_value(value)
        return date(day.year, day.month, day.day) if isinstance(day, ReckonedDay) else day


class ProvisionalMark(BooleanField):
    """Written with the day it belongs to, from the day itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"default": False, "editable": False, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> bool:  # noqa: ARG002 - Django's signature
        day = model_instance.__dict__.get(self.attname.removesuffix(MARK))
        if isinstance(day, ReckonedDay):
            setattr(model_instance, self.attname, day.provisional)
        return bool(getattr(model_instance, self.attname))
