"""From when until when a row of a register stands. A model that ends says so in `term`; lists and counts ask it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Q


@dataclass(frozen=True, kw_only=True)
class Term:
    """Names of fields: the first day, the last day, or the day on which the row stands no more."""

    begins: str = ""
    last: str = ""
    ended: str = ""
    also: Q = field(default_factory=Q)  # what must hold besides, and has no date

    @property
    def has_a_past(self) -> bool:
        """Whether it can be said of a day gone by; of others only what is so now."""
        return bool(self.begins) and not self.also

    def on(self, day: date) -> Q:
        """The rows in force on `day`."""
        condition = self.also
        if self.begins:
            condition &= Q(**{f"{self.begins}__lte": day})
        if self.last:
            condition &= Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": day})
        if self.ended:
            condition &= Q(**{f"{self.ended}__isnull": True}) | Q(**{f"{self.ended}__gt": day})
        return condition


def term_of(model: type[Model]) -> Term | None:
    term: Term | None = getattr(model, "term", None)
    return term
