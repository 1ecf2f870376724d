"""A program takes a step that asks again: with a fresh code of its owner's second factor, and with nothing else."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse
from tests.accounts.doors import PASSWORD, code_of
from tests.factories.enterprises import enterprise

from keqiao.accounts.models import Event, Kind, Role, SecurityEvent
from keqiao.accounts.operations.tokens import create_token
from keqiao.enterprises.models import Enterprise
from keqiao.faces.confirmation import HEADER
from keqiao.kernel.steps.operation import operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(enrolled):
    return enrolled(role=Role.SYSTEM_ADMIN)


@pytest.fixture
def user(person):
    return person()


def post(owner, address, values, *, code=None, client=None):
    token = create_token(actor=owner, name="程序", scope="write", days=1).secret
    headers = {"Authorization": f"Bearer {token}"} | ({} if code is None else {HEADER: code})
    return (client or Client()).post(address, values, content_type="application/json", headers=headers)


@pytest.fixture
def disable(system, user):
    def disable(code=None, *, owner=system, reason="离职", client=None):
        answer = post(
            owner, f"/api/v1/users/{user.pk}/disable-user/", {"reason": reason}, code=code, client=client
        )
        user.refresh_from_db()
        return answer.status_code, user.is_active

    return disable


def events(user, event):
    return list(SecurityEvent.objects.filter(user=user, event=event).values_list("detail", flat=True))


def test_without_a_code_the_answer_says_what_is_needed(system, user):
    answer = post(system, f"/api/v1/users/{user.pk}/disable-user/", {"reason": "离职"})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["needs"] == "Confirmation-Code"
    assert "Confirmation-Code" in answer.json()["remedy"]


def test_a_fresh_code_takes_the_step_and_is_written_down(disable, system):
    assert disable(code_of(system.secret)) == (200, False)
    assert events(system, Event.CONFIRMED) == ["mfa"]


def test_a_code_is_good_once(disable, system, user):
    code = code_of(system.secret)
    assert disable(code) == (200, False)
    again = post(system, f"/api/v1/users/{user.pk}/enable-user/", {}, code=code)
    assert again.status_code == 403


def test_a_recovery_code_is_good_once(disable, system, user):
    RecoveryCodes.activate(system)
    (code, *_rest) = (
        Authenticator.objects.get(user=system, type=Authenticator.Type.RECOVERY_CODES)
        .wrap()
        .get_unused_codes()
    )
    assert disable(code) == (200, False)
    assert post(system, f"/api/v1/users/{user.pk}/enable-user/", {}, code=code).status_code == 403


def test_a_typing_error_spends_no_code(disable, system):
    code = code_of(system.secret)
    assert disable(code, reason=5)[0] == 422
    assert disable(code) == (200, False)


@pytest.mark.parametrize("given", ["000000", "", PASSWORD, "123", "１２３４５６"])
def test_nothing_else_takes_it(disable, given):
    assert disable(given.encode().decode("latin-1")) == (403, True)


def test_wrong_codes_count_towards_the_lock(disable, system):
    for _ in range(5):
        disable("000000")
    assert events(system, Event.CODE_FAILED) == [""] * 5
    assert disable(code_of(system.secret)) == (403, True)


def test_who_has_no_second_factor_goes_to_the_page(person, disable):
    assert disable("000000", owner=person(role=Role.SYSTEM_ADMIN)) == (403, True)


def test_the_session_of_someone_else_proves_nothing(person, signed_in, disable):
    """A stolen token beside the thief's own fresh session."""
    thief = signed_in(person(kind=Kind.STAFF))
    assert disable(client=thief) == (403, True)


def test_ones_own_fresh_session_is_enough(disable, door, system):
    visitor = door()
    visitor.sign_in(system.username)
    visitor.give_code(code_of(system.secret))
    assert disable(client=visitor) == (200, False)


def test_merging_goes_through_the_api_with_a_code(enrolled):
    manager = enrolled(role=Role.MANAGER)
    keep, other = enterprise(owner=manager), enterprise(owner=manager)
    address = f"/api/v1/enterprises/{other.pk}/merge-enterprises/"
    values = {"into": keep.pk, "reason": "同一家"}
    assert post(manager, address, values).status_code == 403
    assert Enterprise.objects.get(pk=other.pk).merged_into_id is None
    assert post(manager, address, values, code=code_of(manager.secret)).status_code == 200
    assert Enterprise.objects.get(pk=other.pk).merged_into_id == keep.pk


def test_openapi_says_so_of_each_of_them_and_of_no_other(signed_in, person):
    paths = signed_in(person()).get(reverse("api:openapi-json")).json()["paths"]
    said = {
        one["operationId"]
        for path in paths.values()
        for one in path.values()
        if any(parameter["name"] == HEADER for parameter in one["parameters"])
    }
    assert said == {op.name for op in operations() if op.confirm and op.exposed}
