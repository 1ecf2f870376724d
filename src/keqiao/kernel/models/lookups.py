"""How the record is asked for many cases at once."""

from typing import Any

from django.db.models import CharField, TextField
from django.db.models.lookups import In


@CharField.register_lookup
@TextField.register_lookup
class Among(In):
    """`case__among=queryset`: like `in`, with the queryset answered once.

    PostgreSQL takes `IN (SELECT …)` for a join, and where it knows little of the tables it makes the texts anew for every
    entry there is; an array is made first, and each of its texts then found through the index.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{right})", (*left_params, *right_params)
