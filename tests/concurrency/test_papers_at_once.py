"""Many acceptances at once: each notice bears its own number, none is left out, and the record names each paper."""

from datetime import date

import pytest
from django.db import connection
from tests.concurrency.together import together
from tests.documents.reading import pdf_text
from tests.factories.engagements import engagement

from keqiao.documents import pdf
from keqiao.engagement.case.models import Engagement
from keqiao.engagement.case.states import Stage
from keqiao.engagement.intake.models import Feasibility, Notice
from keqiao.engagement.intake.operations.review import accept_commission
from keqiao.kernel.files import vault
from keqiao.kernel.models import Entry, EntryFile

HOW_MANY = 6
TERMS = dict.fromkeys(("client_rights", "client_duties", "our_rights", "our_duties"), "按合同约定")


@pytest.fixture
def reviewed(players):
    """Engagements that wait to be accepted, and who accepts them."""
    people, cast = players
    jobs = [engagement(cast, state=Stage.REVIEWED) for _ in range(HOW_MANY)]
    for job in jobs:
        if not job.feasibilities.exists():
            Feasibility.objects.create(
                engagement=job, feasible=True, grounds="可行", decided_by=people["consultant"]
            )
    return people["consultant"], jobs


def test_each_paper_bears_its_number(reviewed):
    who, jobs = reviewed

    def accept(pk):
        return accept_commission(
            engagement=Engagement.objects.get(pk=pk),
            actor=who,
            content="检索",
            time_limit=date(2036, 12, 31),
            **TERMS,
        ).number

    numbers = together(*[lambda pk=job.pk: accept(pk) for job in jobs])
    assert [int(number.split("-")[-1]) for number in sorted(numbers)] == list(range(1, HOW_MANY + 1))
    for notice in Notice.objects.select_related("blob"):
        assert notice.number in pdf_text(vault.open_blob(notice.blob).read())
        entry = Entry.objects.get(operation="accept_commission", subject_id=notice.engagement_id)
        assert EntryFile.objects.get(entry=entry).sha256 == notice.blob.sha256


def test_nothing_is_held_while_a_paper_is_typeset(reviewed, monkeypatch):
    held, typeset = [], pdf.typst.compile

    def compile_and_look(*how, **named):
        held.append(connection.in_atomic_block)
        return typeset(*how, **named)

    monkeypatch.setattr(pdf.typst, "compile", compile_and_look)
    who, [job, *_others] = reviewed
    accept_commission(engagement=job, actor=who, content="检索", time_limit=date(2036, 12, 31), **TERMS)
    assert held == [False]
