"""What the register tells the house, for modules that don't know it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.models import Kind, User
from keqiao.enterprises.models import Contact, Enterprise
from keqiao.kernel.steps.holdings import held_by
from keqiao.kernel.steps.ties import tie

held_by(
    Enterprise,
    person="owner_id",
    label=_("Enterprises responsible for"),
    when=Q(merged_into__isnull=True),
)

tie(
    "client_account",
    label=_("Client user of"),
    model=User,
    ends=((User, "pk"), (Enterprise, "enterprise_id")),
    when=Q(kind=Kind.CLIENT),
    since="created_at",
)
tie(
    "contact",
    label=_("Contact of"),
    model=Contact,
    ends=((Contact, "pk"), (Enterprise, "enterprise_id")),
    since="created_at",
    until="retired_on",
)
