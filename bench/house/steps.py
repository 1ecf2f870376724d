"""Steps a second at 1, 8 and 32 clients, against a bare transaction that writes as many rows; acceptances, whose paper is
typeset and kept, at 1 and 8."""

from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from house import ground, rows
from house.clients import Load, together
from house.figures import Figure
from house.sizes import Sizes
from keqiao.accounts.models import User
from keqiao.documents.pdf import warm
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.models import Feasibility
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.models import Entry, Payload, SearchDocument
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import Institution

CLIENTS = (1, 8, 32)
ENTERPRISES = 100


def measure(sizes: Sizes) -> Iterator[Figure]:
    _manager, consultants = rows.people()
    rows.enterprises(1000, consultants)
    ground.settle()
    pairs = [
        (User.objects.get(pk=firm.owner_id), firm) for firm in Enterprise.objects.order_by("pk")[:ENTERPRISES]
    ]
    for pair in pairs:
        step(*pair)  # the first entry of an enterprise makes its key, once
    for count in CLIENTS:
        bare = together(count, sizes.steps, lambda n: plainly(*pairs[n % len(pairs)]))
        steps = together(count, sizes.steps, lambda n: step(*pairs[n % len(pairs)]))
        yield from small_steps(count, steps, bare)
    yield from acceptances(sizes.acceptances, consultants)


def small_steps(count: int, steps: Load, bare: Load) -> Iterator[Figure]:
    who = f"{count} clients" if count > 1 else "1 client"
    yield Figure(
        what=f"steps, {who}",
        value=steps.rate,
        unit="a second",
        reference=bare.rate,
        against="bare",
        aim="≥ 0.5",
    )
    yield Figure(
        what=f"steps, {who}, p50", value=steps.late(0.5), unit="ms", reference=bare.late(0.5), against="bare"
    )
    yield Figure(
        what=f"steps, {who}, p99",
        value=steps.late(0.99),
        unit="ms",
        reference=bare.late(0.99),
        against="bare",
    )
    yield Figure(what=f"steps, {who}, errors", value=len(steps.errors) + len(bare.errors), unit="", aim="0")


def step(actor: User, enterprise: Enterprise) -> None:
    """Writes a contact, its words in the search, an entry, its payload, and the counter of its case."""
    values = {"name": "林示例", "title": "", "phone": "", "email": "", "is_primary": False}
    get("create_contact")(actor=actor, enterprise=enterprise, **values)


def plainly(actor: User, enterprise: Enterprise) -> None:
    """The same five rows, and nothing checked, segmented, hashed or sealed."""
    case = f"bare:{enterprise.pk}"
    with transaction.atomic():
        contact = Contact.objects.create(enterprise=enterprise, name="林示例")
        words = "lsl sl 林 示例 林示 例 0"  # as many as the name gives
        SearchDocument.objects.create(
            id=contact.pk, model="bare", object_id=contact.pk, title=contact.name, tokens=words
        )
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO kernel_casecounter ("case", last) VALUES (%s, 1) '
                'ON CONFLICT ("case") DO UPDATE SET last = kernel_casecounter.last + 1 RETURNING last',
                [case],
            )
            number = cursor.fetchone()[0]
        about = {
            "subject_type": "enterprises.contact",
            "subject_id": contact.pk,
            "case": case,
            "case_n": number,
        }
        said = {"operation": "bare", "clause": "6.5", "actor_id": actor.pk, "actor_label": actor.name}
        entry = Entry.objects.create(at=timezone.now(), header="{}", leaf=b"0" * 32, **about, **said)
        Payload.objects.create(entry=entry, sealed=b"0" * 90)


def acceptances(total: int, consultants: list[User]) -> Iterator[Figure]:
    """Each gives out the next number of the year and keeps a notice as PDF."""
    Institution.objects.create(name="示例服务机构", uscc=rows.code(999_999_999))
    rows.engagements(2 * total, consultants)
    Engagement.objects.update(state=Stage.REVIEWED)
    Feasibility.objects.bulk_create(
        Feasibility(
            engagement=job,
            enterprise_id=job.enterprise_id,
            level=job.level,
            feasible=True,
            grounds="可行",
            decided_by_id=job.consultant_id,
        )
        for job in Engagement.objects.all()
    )
    waiting = list(Engagement.objects.select_related("consultant").order_by("pk"))
    alone = together(1, total, lambda n: accept(waiting[n]), warm)
    eight = together(8, total, lambda n: accept(waiting[total + n]), warm)
    yield Figure(
        what="acceptances, 8 clients",
        value=eight.rate,
        unit="a second",
        reference=alone.rate,
        against="1 client",
        aim="> 1 where there are cores",
    )
    yield Figure(what="acceptances, 1 client, p50", value=alone.late(0.5), unit="ms")
    yield Figure(what="acceptances, 8 clients, p50", value=eight.late(0.5), unit="ms")
    yield Figure(what="acceptances, 8 clients, p99", value=eight.late(0.99), unit="ms")
    yield Figure(what="acceptances, errors", value=len(alone.errors) + len(eight.errors), unit="", aim="0")


def accept(engagement: Engagement) -> None:
    words = "按合同约定提供服务"
    get("accept_commission")(
        engagement=engagement,
        actor=engagement.consultant,
        content="检索与分析",
        time_limit=date(2036, 12, 31),
        client_rights=words,
        client_duties=words,
        our_rights=words,
        our_duties=words,
    )
