"""Models into papers: fills the data of documents/ from an engagement, and nothing else."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from keqiao.documents.data import AcceptanceData, DeclineData, Head, Party, PartyDuties, TimeLimit
from keqiao.engagement.models import Engagement, Notice
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


def acceptance(notice: Notice) -> AcceptanceData:
    engagement = notice.engagement
    assert notice.time_limit is not None
    return AcceptanceData(
        head=head(notice.number),
        client=client(engagement),
        institution=ours(),
        commission_number=engagement.number,
        commissioned_on=engagement.created_at.date(),
        service=engagement.item.name,
        content=notice.content,
        time_limits=(
            TimeLimit(step="服务完成", limit=f"{notice.time_limit:%Y-%m-%d}", due_on=notice.time_limit),
        ),
        duties=(
            PartyDuties(
                party=engagement.enterprise.name,
                rights=lines(notice.client_rights),
                duties=lines(notice.client_duties),
            ),
            PartyDuties(
                party=institution().name, rights=lines(notice.our_rights), duties=lines(notice.our_duties)
            ),
        ),
        next_step="双方签订服务合同。",
    )


def decline(notice: Notice) -> DeclineData:
    engagement = notice.engagement
    return DeclineData(
        head=head(notice.number),
        client=client(engagement),
        institution=ours(),
        commission_number=engagement.number,
        commissioned_on=engagement.created_at.date(),
        service=engagement.item.name,
        reasons=lines(notice.reasons),
        advice=notice.advice,
    )
