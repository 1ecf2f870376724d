"""Mail goes through the outbox: a rolled-back step sends none, and a mail server that is down loses none."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.outbox import enqueue, handles


def queue_mail(*, to: Sequence[str], subject: str, body: str, key: str) -> None:
    """Send once this transaction commits. The key names the occasion: the same key twice is one mail."""
    _check_addresses(to)
    subject = " ".join(subject.split())  # a line break in a subject would begin another header
    enqueue(topic="mail", payload={"to": list(to), "subject": subject, "body": body}, key=key)


@handles("mail", external=True)
def send_mail(*, payload: Mapping[str, Any], key: str) -> None:
    """The Message-ID follows from the key, so a mail sent again after a crash is known as the same."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message_id = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    message = EmailMessage(
        subject=payload["subject"], body=payload["body"], to=payload["to"], headers={"Message-ID": message_id}
    )
    message.send()


def sendable(addresses: Iterable[str]) -> list[str]:
    """Those of what stands in the tables that a letter can be sent to: neither blanks nor what is no address."""
    return [address for address in addresses if _is_address(address)]


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _check_addresses(to: Sequence[str]) -> None:
    for address in to:
        if not _is_address(address):
            raise Invalid(_("%(address)s is no e-mail address.") % {"address": ascii(address)}, field="to")
