"""What the generated tests are told of conformity: its page, and the days of the rhythms."""

from datetime import date

from tests.declared import row, seen, walked, without_data
from tests.every_operation.example import NOBODY, example

from keqiao.conformity.models import DueRhythm

without_data("conformity/", "counts of evidence a clause; what is counted is reached through its own page")
walked("<str:clause_id>", lambda _found: ["6.1.1"])
row(lambda world: DueRhythm.objects.create(name="示例.定期事项", due_on=date(2027, 4, 1)))
seen("recurring-duties", reference=True)
example(
    "begin_rhythm", by="system", allowed=NOBODY, values=lambda w, s: {"name": "示例.另一事项"},
    not_exposed="kept by the clock and after each step that counts",
)  # fmt: skip
example(
    "renew_rhythm", by="system", allowed=NOBODY,
    not_exposed="kept by the clock and after each step that counts",
)  # fmt: skip
