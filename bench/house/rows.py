"""Rows in bulk, as the operations would leave them, and the ground they stand on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.utils import timezone
from stdnum.cn import uscc

from house import ground
from keqiao.accounts.models import Kind, Role, User
from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.case.states import OPEN, Stage
from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.delivery.states import DeliverableState
from keqiao.engagement.models import Contract, Deliverable, Engagement, FeeLine, Milestone, Plan
from keqiao.engagement.preparation.states import PlanState
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.models import Entry, Payload
from keqiao.kernel.record import sealed_payload

AT_ONCE = 5_000
CITY = ("深圳", "广州", "杭州", "成都", "武汉", "西安", "苏州", "长沙")
FIELD = ("精密", "智能", "生物", "新能源", "半导体", "环保", "软件", "材料")
CONSULTANTS = 20
TODAY = date(2026, 11, 23)


@contextmanager
def timed(what: str, count: int = 0) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    rate = f"{count / seconds:12,.0f} a second" if count else ""
    print(f"{what:62}{seconds:10.2f} s{rate}", flush=True)


def code(number: int) -> str:
    body = f"91440300{number:09d}"
    return body + uscc.calc_check_digit(body)


def name(number: int) -> str:
    return f"{CITY[number % 8]}示例{FIELD[number // 8 % 8]}{number}科技有限公司"


def people(count: int = CONSULTANTS) -> tuple[User, list[User]]:
    manager = User.objects.create_user(
        "bench-manager", name="示例经理", kind=Kind.STAFF, email="m@example.com"
    )
    manager.grants.create(role=Role.MANAGER)
    consultants = []
    for number in range(count):
        made = User.objects.create_user(
            f"bench-{number}", name=f"示例顾问{number}", kind=Kind.STAFF, email=f"c{number}@example.com"
        )
        made.grants.create(role=Role.CONSULTANT)
        consultants.append(made)
    return manager, consultants


def enterprises(count: int, owners: list[User]) -> None:
    for start in range(0, count, AT_ONCE):
        Enterprise.objects.bulk_create(
            Enterprise(
                name=name(n),
                uscc=code(n),
                region="4403",
                industry="39",
                size="small",
                owner=owners[n % len(owners)],
            )
            for n in range(start, min(start + AT_ONCE, count))
        )
    Contact.objects.bulk_create(
        [Contact(enterprise_id=pk, name="林示例") for pk in Enterprise.objects.values_list("pk", flat=True)],
        AT_ONCE,
    )


def engagements(count: int, consultants: list[User]) -> None:
    """One in eight open, as in a house that has worked for years; the others are done."""
    items, owners = list(ServiceItem.objects.all()), list(Enterprise.objects.values_list("pk", flat=True))
    open_states = sorted(OPEN)
    rows = []
    for n in range(count):
        state = open_states[n % len(open_states)] if n % 8 == 0 else Stage.ARCHIVED
        who = consultants[n // 8 % len(consultants)]
        rows.append(
            Engagement(
                number=f"WT-2026-{n:06d}",
                enterprise_id=owners[n * 7 % len(owners)],
                item=items[n % len(items)],
                title=f"示例委托{n}",
                need="检索与分析",
                contact_name="林示例",
                consultant=who,
                commissioned_by=who,
                state=state,
                stage_since=TODAY,
                stage_due_on=TODAY + timedelta(days=n % 90 - 30) if n % 8 == 0 else None,
            )
        )
    Engagement.objects.bulk_create(rows, AT_ONCE)


def parts() -> None:
    """A confirmed plan with two milestones, a deliverable, a signed contract with two instalments: of each engagement. Of
    the open ones one in three has something late."""
    known = list(
        Engagement.objects.values_list("pk", "enterprise_id", "level", "state", "commissioned_by_id")
    )
    for start in range(0, len(known), AT_ONCE):
        plans, contracts, rows = [], [], []
        for pk, enterprise, level, state, who in known[start : start + AT_ONCE]:
            own = {"engagement_id": pk, "enterprise_id": enterprise, "level": level}
            day = TODAY + timedelta(days=pk % 90 - 30)
            done = day if state == Stage.ARCHIVED else None
            plan = Plan(
                number=f"FA-{pk}", edition=1, state=PlanState.CONFIRMED, objectives="检索", content="检索",
                begins_on=TODAY, **own,
            )  # fmt: skip
            contract = Contract(
                number=f"HT-{pk}", state=ContractState.ENDED if done else ContractState.SIGNED, begins_on=TODAY,
                ends_on=TODAY + timedelta(days=90), drafted_by_id=who, **own,
            )  # fmt: skip
            plans.append(plan)
            contracts.append(contract)
            rows.append((own, day, done, plan, contract))
        Plan.objects.bulk_create(plans)
        Contract.objects.bulk_create(contracts)
        Milestone.objects.bulk_create(
            Milestone(plan=plan, name=name, due_on=day, delivered_on=done, **own)
            for own, day, done, plan, _contract in rows
            for name in ("初稿", "终稿")
        )
        FeeLine.objects.bulk_create(
            FeeLine(contract=contract, name=name, amount=100, paid=100 if done else 0, due_on=day, **own)
            for own, day, done, _plan, contract in rows
            for name in ("首期", "尾款")
        )
        Deliverable.objects.bulk_create(
            Deliverable(
                number=f"CG-{plan.engagement_id}", name="报告", due_on=day,
                state=DeliverableState.ACCEPTED if done else DeliverableState.PLANNED, **own,
            )
            for own, day, done, plan, _contract in rows
        )  # fmt: skip


def entries(count: int, actor: User) -> None:
    """Spread over the engagements; headers are not what the pages read, so they are short here."""
    cases, now = list(Engagement.objects.values_list("pk", flat=True)), timezone.now()
    for start in range(0, count, AT_ONCE):
        rows = [
            Entry(
                at=now,
                actor_id=actor.pk,
                actor_label=actor.name,
                operation="report_progress",
                clause="6.3.4.c",
                subject_type="engagement.engagement",
                subject_id=cases[n % len(cases)],
                case=f"engagement:{cases[n % len(cases)]}",
                case_n=n // len(cases) + 1,
                header="{}",
                leaf=b"0" * 32,
                n=n,
            )
            for n in range(start, min(start + AT_ONCE, count))
        ]
        made = Entry.objects.bulk_create(rows)
        Payload.objects.bulk_create(
            Payload(
                entry=one,
                sealed=sealed_payload.seal(entry_id=one.pk, enterprise_id=None, salt=b"0" * 32, body=b"{}"),
            )
            for one in made
        )


def house(count: int, jobs: int, written: int, staff: int = CONSULTANTS) -> tuple[User, list[User]]:
    """A house with `count` enterprises, `jobs` engagements with their parts, and `written` entries."""
    manager, consultants = people(staff)
    enterprises(count, consultants)
    engagements(jobs, consultants)
    parts()
    entries(written, manager)
    ground.settle()
    return manager, consultants
