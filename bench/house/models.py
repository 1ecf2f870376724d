"""A page's own cost with as many models as there are, and with many more: milliseconds of CPU, in the same process.

The further models are of the usual kind: rows of an enterprise with a file, a policy, a list, an entry on the page of
settings and plain steps; each has its table. What waits for somebody is declared by modules one by one and not multiplied here.
"""

import time
from argparse import Namespace
from io import BytesIO

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import clear_url_caches

from house import rows
from house.pages import BACKEND, addresses
from keqiao.accounts.models import User
from keqiao.accounts.permissions import is_service_staff
from keqiao.config import urls
from keqiao.enterprises.models import Contact, Enterprise, EnterpriseFile
from keqiao.enterprises.models.parts import EnterprisePart
from keqiao.enterprises.queries import parts_open_to
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import Fields, Resource, register
from keqiao.faces.web.urls import resource_urls
from keqiao.kernel.files import vault
from keqiao.kernel.platform import policy

MANY = 200
TIMES = 40
PAGES = (
    "enterprises, list",
    "enterprise, page",
    "engagements, list",
    "engagement, page",
    "Today",
    "board",
    "late",
)


def part_models(args: Namespace) -> None:
    """At most 1.1 times as long with 200 as with those of the house."""
    manager, consultants = rows.people()
    with rows.timed(f"lay out {args.small:,} enterprises, {args.small:,} engagements"):
        rows.enterprises(args.small, consultants)
        rows.engagements(args.small, consultants)
        rows.parts()
        rows.settle()
    file = a_file()
    there, few = len(policy.registered()), measured(manager, file)
    grow_to(MANY)
    many = measured(manager, file)
    print(f"\n{'page':24}{f'{there} models ms':>16}{f'{MANY} models ms':>16}{'ratio':>8}")
    for page, before in few.items():
        print(f"{page:24}{before:16.1f}{many[page]:16.1f}{many[page] / before:8.2f}", flush=True)


def measured(user: User, file: int) -> dict[str, float]:
    client = Client()
    client.force_login(user, backend=BACKEND)
    known = addresses(user)
    paths = {page: known[page] for page in PAGES} | {"a file": f"/files/{file}/"}
    return {page: least(client, path) for page, path in paths.items()}


def least(client: Client, path: str) -> float:
    best = float("inf")
    for _ in range(TIMES):
        start = time.process_time()
        answer = client.get(path)
        if answer.streaming:
            answer.getvalue()
        best = min(best, (time.process_time() - start) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return best


def a_file() -> int:
    """Of an enterprise: found by asking every model that carries files."""
    enterprise = Enterprise.objects.order_by("pk").first()
    settings.VAULT_ROOT = f"{settings.VAR}/vault"
    content = BytesIO(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n")
    blob = vault.store(file=content, name="licence.pdf", enterprise_id=enterprise.pk, level=1, actor_id=None)
    EnterpriseFile.objects.create(enterprise=enterprise, blob=blob)
    return int(blob.pk)


def grow_to(size: int) -> None:
    for number in range(len(policy.registered()), size):
        one_more(number)
    # In front of the others, so that each address is looked for behind all that came.
    urls.urlpatterns[2:2] = [one for one in resource_urls() if str(one.pattern).startswith("further")]
    clear_url_caches()


def one_more(number: int) -> None:
    name = f"Further{number}"
    fields = {
        "__module__": Contact.__module__,
        "name": models.CharField("name", max_length=80),
        "blob": models.ForeignKey("kernel.Blob", models.PROTECT, null=True, related_name="+"),
        "Meta": type("Meta", (), {"app_label": "enterprises", "verbose_name_plural": name}),
    }
    model = type(name, (EnterprisePart,), fields)
    with connection.schema_editor() as editor:
        editor.create_model(model)
    policy.register(model, scope=parts_open_to)
    register(
        Resource(
            model=model,
            slug=name.lower(),
            columns=("name", "enterprise"),
            panels=(Fields("Further", ("name", "enterprise")),),
            filters=("enterprise",),
            files=("blob",),
            related=("enterprise",),
            parent="enterprise",
            menu=Menu(Area.CLIENTS, "users", setup=True),
        )
    )
    default_operations(model, fields=("enterprise", "name"), clause="6.5", permission=is_service_staff)
