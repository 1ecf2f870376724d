"""One process of the concurrency tests: `worker.py DATABASE KEYFILE write|seal|show [COUNT]`."""

import json
import sys
from contextlib import suppress
from typing import Any

import django
from django.conf import settings

settings.DATABASES["default"].update(json.loads(sys.argv[1]))
settings.SEAL_KEY_FILE = sys.argv[2]
settings.MASTER_KEY_FILE = f"{sys.argv[2]}.master"
django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from keqiao.kernel.models import Entry, Seal  # noqa: E402
from keqiao.kernel.record.audit import verify_log  # noqa: E402
from keqiao.kernel.record.journal import record  # noqa: E402
from keqiao.kernel.record.sealing import seal  # noqa: E402


def write(count: str) -> None:
    """Every fifth step fails after recording: its number must be given again."""
    facts: dict[str, Any] = {
        "operation": "x",
        "clause": "6.1",
        "actor": None,
        "subject": Group(pk=1),
        "payload": {},
    }
    for step in range(int(count)):
        with suppress(ZeroDivisionError), transaction.atomic():
            record(case="engagement:1", **facts)
            1 / (step % 5)


def seal_often(count: str) -> None:
    for _ in range(int(count)):
        seal(now=timezone.now())


def show() -> None:
    seal_often("1")
    numbers = list(Entry.objects.order_by("case_n").values_list("case_n", flat=True))
    sealed = Entry.objects.filter(n__isnull=False).count()
    seals = list(Seal.objects.order_by("number").values_list("number", "n"))
    findings = [[item.code, item.where] for item in verify_log()]
    json.dump({"numbers": numbers, "sealed": sealed, "seals": seals, "findings": findings}, sys.stdout)


{"write": write, "seal": seal_often, "show": show}[sys.argv[3]](*sys.argv[4:])
