"""How a new site gets its first people: one command an administration, and never a second time."""

import pytest

from keqiao.accounts.models import Role, User
from keqiao.config.main import main

pytestmark = pytest.mark.django_db

ANNA = ["administrator", "system_admin", "anna", "安娜", "anna@example.com"]


def test_the_command_makes_the_account_and_prints_the_link(capsys):
    assert main(ANNA) == 0

    anna = User.objects.get(username="anna")
    assert (anna.roles, anna.has_usable_password()) == (frozenset({Role.SYSTEM_ADMIN}), False)
    assert "https://keqiao.example/accounts/invitation/" in capsys.readouterr().out


def test_an_administration_begins_once(capsys):
    main(ANNA)

    assert main(["administrator", "system_admin", "berta", "贝塔", "berta@example.com"]) == 1

    assert [user.username for user in User.objects.all()] == ["anna"]
    assert capsys.readouterr().err != ""


def test_a_bad_address_is_refused(capsys):
    assert main(["administrator", "audit_admin", "anna", "安娜", "not an address"]) == 1

    assert list(User.objects.all()) == []
    assert "email" in capsys.readouterr().err
