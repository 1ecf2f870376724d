"""Steps a second at 1, 8 and 32 threads, against a bare transaction that writes as many rows."""

import threading
import time
from argparse import Namespace
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from house import rows
from keqiao.accounts.models import User
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.models import Entry, Payload, SearchDocument
from keqiao.kernel.steps.operation import get

Step = Callable[[int], None]
THREADS = (1, 8, 32)
CLIENTS = 100


def part_steps(args: Namespace) -> None:
    _manager, consultants = rows.people()
    rows.enterprises(1000, consultants)
    pairs = [(User.objects.get(pk=one.owner_id), one) for one in Enterprise.objects.order_by("pk")[:CLIENTS]]
    for pair in pairs:
        step(*pair)  # the first entry of an enterprise makes its key, once
    print(
        f"\n{'threads':>8}{'steps a second':>16}{'bare a second':>16}{'share':>8}{'p99 ms':>9}{'errors':>8}"
    )
    for threads in THREADS:
        bare, _slow, failed = rate(threads, args.steps, lambda n: plainly(*pairs[n % len(pairs)]))
        done, slow, wrong = rate(threads, args.steps, lambda n: step(*pairs[n % len(pairs)]))
        print(
            f"{threads:8}{done:16,.0f}{bare:16,.0f}{done / bare:8.2f}{slow:9.0f}{failed + wrong:8}",
            flush=True,
        )


def step(actor: User, enterprise: Enterprise) -> None:
    """Writes a contact, its words in the search, an entry, its payload, and the counter of its case."""
    values = {"name": "林示例", "title": "", "phone": "", "email": "", "is_primary": False}
    get("create_contact")(actor=actor, enterprise=enterprise, **values)


def plainly(actor: User, enterprise: Enterprise) -> None:
    """The same five rows, and nothing checked, segmented, hashed or sealed."""
    case = f"bare:{enterprise.pk}"
    with transaction.atomic():
        made = Contact.objects.create(enterprise=enterprise, name="林示例")
        words = "lsl sl 林 示例 林示 例 0"  # as many as the name gives
        SearchDocument.objects.create(model="bare", object_id=made.pk, title=made.name, tokens=words)
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO kernel_casecounter ("case", last) VALUES (%s, 1) '
                'ON CONFLICT ("case") DO UPDATE SET last = kernel_casecounter.last + 1 RETURNING last',
                [case],
            )
            number = cursor.fetchone()[0]
        about = {"subject_type": "enterprises.contact", "subject_id": made.pk, "case": case, "case_n": number}
        said = {"operation": "bare", "clause": "6.5", "actor_id": actor.pk, "actor_label": actor.name}
        entry = Entry.objects.create(at=timezone.now(), header="{}", leaf=b"0" * 32, **about, **said)
        Payload.objects.create(entry=entry, sealed=b"0" * 90)


def rate(threads: int, total: int, call: Step) -> tuple[float, float, int]:
    """Steps a second, the 99th percentile in ms, and how many failed."""
    times: list[float] = []
    errors: list[BaseException] = []
    numbers = iter(range(total))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            begun = time.perf_counter()
            try:
                call(number)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted
                errors.append(error)
            times.append(time.perf_counter() - begun)
        connection.close()

    start = time.perf_counter()
    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    if errors:
        print(f"   {errors[0]!r}")
    return total / seconds, sorted(times)[int(len(times) * 0.99) - 1] * 1000, len(errors)
