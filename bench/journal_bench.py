"""What the record costs: writing, sealing, proving, packing, verifying. Prints figures; asserts nothing.

    KEQIAO_VAR=/tmp/bench PYTHONPATH=src python bench/journal_bench.py [ENTRIES]

Works on a SQLite database of its own under KEQIAO_VAR, which it empties first.
"""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VAR = Path(os.environ.get("KEQIAO_VAR") or tempfile.mkdtemp(prefix="keqiao-bench-"))
os.environ["KEQIAO_VAR"] = str(VAR)
os.environ.setdefault("KEQIAO_DATABASE", f"sqlite://{VAR}/journal-bench.sqlite3")
os.environ.setdefault("KEQIAO_SEAL_KEY_FILE", str(VAR / "journal-bench.key"))
os.environ.setdefault("KEQIAO_MASTER_KEY_FILE", str(VAR / "journal-bench.master"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keqiao.config.settings")

import django  # noqa: E402

for old in VAR.glob("journal-bench.*"):
    old.unlink()
django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from keqiao.kernel.models import CaseCounter, Entry, Payload, Seal  # noqa: E402
from keqiao.kernel.record import merkle, sealed_payload, verify  # noqa: E402
from keqiao.kernel.record.audit import verify_log  # noqa: E402
from keqiao.kernel.record.canonical import canonical, stamp  # noqa: E402
from keqiao.kernel.record.journal import HEADER, commitment, record  # noqa: E402
from keqiao.kernel.record.pack import write_pack  # noqa: E402
from keqiao.kernel.record.sealing import prove, seal  # noqa: E402

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
IN_CASE, SMALL_SEALS = 1000, 300
SUBJECT = Group(pk=1)


@contextmanager
def timed(what: str, count: int = 0) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    rate = f"{count / seconds:12,.0f} a second" if count else ""
    sys.stdout.write(f"{what:58}{seconds * 1000:12,.1f} ms{rate}\n")


def step(case: str) -> None:
    record(
        operation="report",
        clause="6.3.4",
        actor=None,
        subject=SUBJECT,
        case=case,
        payload={"text": "进展" * 20},
    )


def fill(count: int) -> None:
    """Rows as record() writes them, in bulk, spread over cases of a thousand."""
    now = timezone.now()
    body, salt = canonical({"text": "进展" * 20}), bytes(32)
    facts = {"actor_id": None, "actor_label": "system", "operation": "report", "clause": "6.3.4"}
    facts |= {"subject_type": "auth.group", "subject_id": 1}
    for start in range(0, count, IN_CASE):
        case, size = f"bulk:{start // IN_CASE}", min(IN_CASE, count - start)
        CaseCounter.objects.create(case=case, last=size)
        entries = []
        for number in range(1, size + 1):
            said = {**facts, "case": case, "case_n": number}
            fixed = {"at": stamp(now), "files": [], "kind": HEADER, "payload": commitment(salt, body)}
            header = canonical({**said, **fixed})
            entries.append(Entry(**said, at=now, header=header.decode(), leaf=merkle.leaf_hash(header)))
        Entry.objects.bulk_create(entries)
        Payload.objects.bulk_create(
            Payload(
                entry=entry,
                sealed=sealed_payload.seal(
                    entry_id=entry.pk, enterprise_id=number_of(case), salt=salt, body=body
                ),
            )
            for entry in entries
        )


def number_of(case: str) -> int:
    """Each case as if of an enterprise of its own: a hundred keys for a hundred thousand entries."""
    return int(case.partition(":")[2])


def pack(case: str) -> Path:
    name = f"{case.replace(':', '-')}.zip"
    return write_pack(
        target=VAR / name,
        title=case,
        records=Entry.objects.filter(case=case),
        files=[],
        documents=[("note.txt", b"x", hashlib.sha256(b"x").hexdigest())],
        index_html=b"<!doctype html>",
        facts={},
    )


def main() -> None:
    call_command("migrate", "kernel", verbosity=0, skip_checks=True)
    with timed("record, one a transaction, 500", 500):
        for _ in range(500):
            with transaction.atomic():
                step("engagement:1")
    with timed("record, 500 in one transaction", 500), transaction.atomic():
        for _ in range(500):
            step("engagement:1")
    seal(now=timezone.now())
    small_seals("on a log of about 1,000 entries")
    with transaction.atomic():
        fill(ENTRIES)
    with timed(f"seal {ENTRIES:,} entries", ENTRIES):
        seal(now=timezone.now())
    small_seals(f"on a log of about {ENTRIES:,} entries")
    proofs()
    packs()
    with timed("check the live record", Entry.objects.count()):
        findings = verify_log()
    sys.stdout.write(f"{'findings in the live record':58}{len(findings):12}\n")


def small_seals(where: str) -> None:
    for _ in range(SMALL_SEALS):
        with transaction.atomic():
            step("engagement:2")
    with timed(f"seal {SMALL_SEALS} entries {where}", SMALL_SEALS):
        seal(now=timezone.now())
    with timed(f"{SMALL_SEALS} seals of one entry each {where}", SMALL_SEALS):
        for _ in range(SMALL_SEALS):
            with transaction.atomic():
                step("engagement:2")
            seal(now=timezone.now())


def proofs() -> None:
    entries = list(Entry.objects.filter(n__isnull=False).order_by("n")[:: max(1, ENTRIES // 200)])
    with timed(f"prove {len(entries)} entries, each from cold", len(entries)):
        made = [prove(entry) for entry in entries]
    size = max(len(proof.path) for proof in made) * merkle_bytes()
    sys.stdout.write(f"{'largest proof':58}{size:12} bytes\n")


def merkle_bytes() -> int:
    return len(merkle.sha256(b""))


def packs() -> None:
    for case in ("bulk:0", "engagement:2"):
        count, seals = Entry.objects.filter(case=case).count(), Seal.objects.count()
        with timed(f"pack {count:,} records with {seals:,} seals", count):
            path = pack(case)
        sys.stdout.write(f"{'its size':58}{path.stat().st_size:12,} bytes\n")
        with timed("verify it", count):
            findings = verify.verify(path)
        sys.stdout.write(f"{'findings':58}{len(findings):12}\n")
    with timed("verify one signature"):
        verify.is_signed("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "00" * 64, b"")


if __name__ == "__main__":
    main()
