"""Every model is seen somewhere, or there is a reason why not: here for the ground floor, in a module's examples for its own."""

import pytest
from django.apps import apps
from tests.declared import INTERNAL
from tests.discovered import load_examples

from keqiao.faces.resource import resource_of
from keqiao.kernel.platform import policy
from keqiao.kernel.steps.modules import installed

pytestmark = pytest.mark.once

GROUND = {
    "kernel.CaseCounter": "the record's own bookkeeping",
    "kernel.Counter": "the last number given; the number stands on its document",
    "kernel.EnterpriseKey": "a wrapped key, opened by the vault only",
    "kernel.Blob": "a file, shown by the row that refers to it",
    "kernel.Entry": "a line of the record, shown as the history of its subject",
    "kernel.EntryFile": "part of a line of the record",
    "kernel.EntryRow": "part of a line of the record",
    "kernel.EntryService": "part of a line of the record",
    "kernel.IdempotencyKey": "remembers a form that was sent, for a repeat",
    "kernel.Outbox": "a letter or consequence on its way out",
    "kernel.Payload": "part of a line of the record",
    "kernel.Seal": "a seal of the record, handed out in packs",
    "kernel.SealKey": "the public half of a key, handed out in packs",
    "kernel.SearchDocument": "the index; what it finds is shown",
    "kernel.SharedNote": "counts of tries, for minutes; holds hashes only",
    "kernel.Tile": "the hash tree of the record",
    "kernel.TimedJob": "when a timed job ran last",
    "faces.SavedView": "a person's own, shown above the list it belongs to",
}


def ours():
    """Models of the ground floor and of every module, not those of libraries."""
    homes = ("keqiao.", *(f"{config.name}." for config in installed()))
    return [model for model in apps.get_models() if model.__module__.startswith(homes)]


def test_every_model_has_a_resource_or_a_reason():
    load_examples()
    assert {model._meta.label for model in ours() if resource_of(model) is None} == {*GROUND, *INTERNAL}


def test_every_model_that_is_shown_has_a_policy():
    shown = [model for model in ours() if resource_of(model) is not None]
    assert [model._meta.label for model in shown if model not in policy.registered()] == []
