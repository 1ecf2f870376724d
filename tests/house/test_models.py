"""Every model is seen somewhere, or is listed here with the reason why not."""

import pytest
from django.apps import apps

from keqiao.config import urls  # noqa: F401 - registers every resource
from keqiao.faces.resource import resource_of
from keqiao.kernel.platform import policy

pytestmark = pytest.mark.once

INTERNAL = {
    "kernel.CaseCounter": "the record's own bookkeeping",
    "kernel.Counter": "the last number given; the number stands on its document",
    "kernel.EnterpriseKey": "a wrapped key, opened by the vault only",
    "kernel.Blob": "a file, shown by the row that refers to it",
    "kernel.Entry": "a line of the record, shown as the history of its subject",
    "kernel.EntryFile": "part of a line of the record",
    "kernel.IdempotencyKey": "remembers a form that was sent, for a repeat",
    "kernel.Outbox": "a letter or consequence on its way out",
    "kernel.Payload": "part of a line of the record",
    "kernel.Seal": "a seal of the record, handed out in packs",
    "kernel.SealKey": "the public half of a key, handed out in packs",
    "kernel.SearchDocument": "the index; what it finds is shown",
    "kernel.Tile": "the hash tree of the record",
    "kernel.TimedJob": "when a timed job ran last",
    "accounts.ApiToken": "shown on its owner's own pages",
    "faces.SavedView": "a person's own, shown above the list it belongs to",
    "enterprises.StagedRow": "what a job made ready and has not written: seen by nobody",
    "enterprises.ImportedRow": "what an import did, shown by the import",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("keqiao.")]


def test_every_model_has_a_resource_or_a_reason():
    assert {model._meta.label for model in ours() if resource_of(model) is None} == set(INTERNAL)


def test_every_model_that_is_shown_has_a_policy():
    shown = [model for model in ours() if resource_of(model) is not None]
    assert [model._meta.label for model in shown if model not in policy.registered()] == []
