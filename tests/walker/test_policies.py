"""Every route says who may reach it; every policy is needed; no verb does what a page does not say."""

import re

import pytest
from ninja.constants import NOT_SET
from tests.walker.canaries import confidential
from tests.walker.routes import routes
from tests.walker.walk import ask, leaked

from keqiao.faces.access import LINK, PUBLIC, SIGNED_IN
from keqiao.faces.resource import resource_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import policy

STRANGERS = ("other client", "outsider", "other expert", "system administrator", "low manager")
OF_API = re.compile(r"^api/v1/")


def test_every_route_declares_its_access():
    """The API's endpoints ask for a session or a token, each of them, before anything else."""
    undeclared = [
        route.path
        for route in routes()
        if route.access not in {PUBLIC, SIGNED_IN, LINK} and not asks_for_sign_in(route)
    ]
    assert undeclared == []


def asks_for_sign_in(route):
    if not OF_API.match(route.path):
        return False
    from keqiao.config.urls import api

    views = [view for _prefix, router in api._routers for view in router.path_operations.values()]
    own = [
        operation for view in views for operation in view.operations if operation.auth_param is not NOT_SET
    ]
    return bool(api.auth) and own == []


def test_every_endpoint_refuses_who_is_not_signed_in(walked, db):
    for route in routes():
        if route.of_api and route.resource is not None:
            address = "/" + route.path.replace("<int:pk>", "1")
            for method in ("get", "post", "put", "delete"):
                answer = getattr(walked.ours.visit("visitor"), method)(
                    address, content_type="application/json"
                )
                assert answer.status_code in {401, 405}, (method, address)


def shown(model):
    return resource_of(model) is not None and model is not Blob


def test_dropping_any_one_policy_turns_the_walk_red(walked, db, monkeypatch):
    """One policy after the other is opened to everyone: each time the walk over its rows finds what it must not. With all
    policies in place, the same lists are silent: that is the walk of each person."""
    silent = []
    for model in filter(shown, confidential()):
        with monkeypatch.context() as patched:
            opened = policy.Policy(lambda _actor, _verb: policy.EVERYTHING, policy.registered()[model].fields)
            patched.setitem(policy._policies, model, opened)
            if not any(leaks(walked, key, model) for key in STRANGERS):
                silent.append(model.__name__)
    assert silent == []


def leaks(walked, key, model):
    """On the list that the walk of this person goes to as well."""
    return leaked(walked, key, ask(walked, key, "get", f"/api/v1/{resource_of(model).slug}/?per_page=500"))


def test_dropping_a_field_rule_shows_the_field(walked, db, monkeypatch):
    """`returned_reason` of a contract is the institution's own."""
    from keqiao.engagement.models import Contract

    there = policy.registered()[Contract]
    monkeypatch.setitem(policy._policies, Contract, policy.Policy(there.scope, {}))
    contract = walked.ours.of(Contract, "sent")
    found = ask(walked, "client", "get", f"/contracts/{contract.pk}/")
    assert [word for word in found if walked.planted[word].field == "returned_reason"]


WRITES = ("post", "put", "delete", "patch")
SHARED = {"engagements", "contacts"}  # the pages of all resources are the same views


@pytest.mark.parametrize(
    "key", ["visitor", "other client", "outsider", "expert", "auditor", "audit administrator"]
)
def test_other_verbs_tell_nothing_and_change_nothing(walked, db, key):
    from tests.every_operation.trying import everything
    from tests.walker.routes import addresses

    before = everything()[0]
    for route in routes():
        if route.resource is not None and (route.resource.slug not in SHARED or route.of_api):
            continue
        if route.path.startswith("accounts/"):
            continue  # the person's own account, tried in tests/accounts
        for address in addresses(route, walked, key)[:1]:
            for method in WRITES:
                found = leaked(walked, key, ask(walked, key, method, address))
                assert found == set(), (method, address)
    assert everything()[0] == before


@pytest.mark.parametrize("model", [Blob])
def test_a_file_has_no_door_of_its_own(walked, db, model):
    """A file no row refers to is open to nobody, not even to who may read all."""
    blob = model.objects.filter(enterprise_id=walked.ours.ours.pk).first()
    orphan = model.objects.get(pk=blob.pk)
    orphan.pk = None
    orphan.save()
    assert ask(walked, "cleared manager", "get", f"/files/{orphan.pk}/") == set()
