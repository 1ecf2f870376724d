"""What the papers of an engagement have in common: head, parties, names."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from keqiao.documents.parts import Head, Party
from keqiao.engagement.case.models import Engagement
from keqiao.kernel.platform import clock
from keqiao.organisation.queries import institution


def head(number: str, *, version: int = 1, on: date | None = None) -> Head:
    mark = _("Demo data") if settings.DEMO else ""
    return Head(
        number=number,
        version=version,
        issued_on=on or clock.today(),
        institution=institution().name,
        mark=mark,
    )


def ours() -> Party:
    row = institution()
    return Party(
        name=row.name, credit_code=row.uscc, address=row.address, representative=row.representative,
        phone=row.phone, email=row.email, bank=row.bank, account=row.account,
    )  # fmt: skip


def client(engagement: Engagement) -> Party:
    row = engagement.enterprise
    return Party(
        name=row.name, credit_code=row.uscc, address=row.address, representative=row.representative,
        contact=engagement.contact_name, phone=engagement.contact_phone,
    )  # fmt: skip


def titled(engagement: Engagement) -> str:
    return f"{engagement.number} {engagement.title}"


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def contract_number(engagement: Engagement) -> str:
    return engagement.contracts.values_list("number", flat=True).first() or ""
