"""Mail leaves after the commit, once for each occasion, and can't be bent into another mail."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import transaction

from keqiao.kernel.models import Outbox
from keqiao.kernel.platform.errors import Invalid
from keqiao.kernel.platform.mail import queue_mail, sendable
from keqiao.kernel.platform.outbox import Delivered, run_due

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def queue(**changes):
    values = {
        "to": ["li@example.com"],
        "subject": "受理通知",
        "body": "示例正文",
        "key": "notice:1",
        **changes,
    }
    with transaction.atomic():
        queue_mail(**values)


def test_mail_is_sent_by_the_worker_and_its_content_is_not_kept():
    queue()
    assert mail.outbox == []
    assert run_due(now=NOW) == Delivered(1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["li@example.com"], "受理通知", "示例正文")
    assert Outbox.objects.get().payload == {}


def test_one_occasion_is_one_mail():
    queue()
    queue()
    run_due(now=NOW)
    queue()
    run_due(now=NOW)
    assert len(mail.outbox) == 1


def test_the_message_id_follows_from_the_occasion(settings):
    settings.DEFAULT_FROM_EMAIL = "科桥 <keqiao@example.com>"
    queue(key="a")
    queue(key="b")
    run_due(now=NOW)
    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first.endswith("@example.com>")
    assert first != second


def test_of_what_stands_in_the_tables_letters_go_to_addresses():
    texts = ["", " ", "\u3000", "不详", "a@", "a@b.example", "c@d.example,e@f.example"]
    assert sendable(texts) == ["a@b.example"]


def test_a_line_break_in_a_subject_begins_no_header():
    queue(subject="受理\r\nBcc: all@example.com")
    run_due(now=NOW)
    assert mail.outbox[0].subject == "受理 Bcc: all@example.com"
    assert mail.outbox[0].recipients() == ["li@example.com"]


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.com\nBcc: b@example.com", "a@example.com,b@example.com"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Invalid) as refused:
        queue(to=[address])
    assert list(refused.value.fields) == ["to"]
    assert not Outbox.objects.exists()
