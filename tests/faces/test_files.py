"""A file is as open as the rows that refer to it, and leaves the site under its name as bytes to save."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation
from PIL import Image
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role, User
from keqiao.engagement.models import Material
from keqiao.enterprises.models import EnterpriseFile
from keqiao.faces.resource import register, resource_of
from keqiao.kernel.files import vault
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock
from keqiao.kernel.platform.errors import NotFound
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.file_owners import carries_files, open_file, owners


@pytest.fixture(autouse=True)
def site(db, settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "master.key")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with clock.at(make.NOON):
        yield


def fetch(person, blob, verb="get"):
    """The answer with its bytes in `.body`; reading a stream to its end closes it."""
    answer = getattr(browser_of(person), verb)(f"/files/{blob.pk}/")
    answer.body = answer.getvalue() if answer.streaming else answer.content
    return answer


def kept(one, name, content):
    return vault.store(
        file=io.BytesIO(content), name=name, enterprise_id=one.enterprise_id, level=one.level, actor_id=None
    )


def given(one, name="营业执照.pdf", content=make.PDF):
    return Material.objects.create(engagement=one, name="营业执照", blob=kept(one, name, content)).blob


def picture():
    target = io.BytesIO()
    Image.new("RGB", (2, 2)).save(target, "PNG")
    return target.getvalue()


def archive():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("说明.txt", "示例")
    return target.getvalue()


def test_those_who_see_the_row_get_the_bytes():
    one = make.engagement()
    blob = given(one)
    for person in (one.consultant, make.staff(Role.MANAGER), make.client_of(one.enterprise)):
        answer = fetch(person, blob)
        assert (answer.status_code, answer.body) == (200, make.PDF)


def test_to_all_others_it_is_not_there():
    one = make.engagement(level=2, consultant=make.staff(clearance=2))
    blob = given(one)
    strangers = [
        make.client_of(make.enterprise()),
        make.staff(clearance=3),
        make.staff(Role.MANAGER, clearance=1),
        make.staff(Role.SYSTEM_ADMIN, clearance=3),
    ]
    assert [fetch(person, blob).status_code for person in strangers] == [404] * 4
    assert fetch(one.consultant, blob).status_code == 200


def test_a_visitor_is_asked_to_sign_in():
    answer = Client().get(f"/files/{given(make.engagement()).pk}/")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


def test_a_file_that_no_row_refers_to_is_not_there_and_neither_is_none():
    one = make.engagement()
    loose = kept(one, "散件.pdf", make.PDF)
    assert fetch(make.staff(Role.MANAGER, clearance=3), loose).status_code == 404
    assert fetch(make.staff(Role.MANAGER, clearance=3), Blob(pk=10**12)).status_code == 404


def test_the_same_content_of_another_enterprise_opens_nothing():
    mine, other = make.engagement(), make.engagement()
    blob, twin = given(mine), given(other)
    assert blob.sha256 == twin.sha256
    assert [fetch(mine.consultant, one).status_code for one in (blob, twin)] == [200, 404]


def test_a_file_is_open_through_any_one_of_the_rows_that_refer_to_it():
    """The material is closed to who keeps the enterprise but not the engagement; the file of the enterprise isn't."""
    one = make.engagement()
    blob = given(one)
    owner = make.staff()
    type(one.enterprise).objects.filter(pk=one.enterprise_id).update(owner=owner)
    assert fetch(owner, blob).status_code == 404
    EnterpriseFile.objects.create(enterprise=one.enterprise, name="证书", blob=blob, level=1)
    assert fetch(owner, blob).status_code == 200
    assert fetch(make.staff(), blob).status_code == 404


def test_what_opens_a_file_is_two_queries_whatever_carries_files(django_assert_num_queries):
    one = make.engagement()
    blob, boss = given(one), make.staff(Role.MANAGER)
    reader = User.objects.get(pk=boss.pk)
    with django_assert_num_queries(3):  # the third reads their roles
        assert open_file(reader, blob.pk) == blob


def test_a_number_that_no_database_holds_is_no_file():
    with pytest.raises(NotFound):
        open_file(make.staff(Role.MANAGER), 2**63)


def test_the_contract_opens_to_the_client_once_sent():
    contract = make.signed()
    client = make.client_of(contract.enterprise)
    assert [
        fetch(client, blob).status_code for blob in (contract.pdf, contract.word, contract.signed_copy)
    ] == [200] * 3
    type(contract).objects.update(state="drafting")
    assert [fetch(client, blob).status_code for blob in (contract.pdf, contract.word)] == [404] * 2


def test_files_of_an_enterprise_need_to_be_needed():
    owner = make.staff()
    enterprise = make.enterprise(owner=owner)
    blob = vault.store(
        file=io.BytesIO(make.PDF), name="a.pdf", enterprise_id=enterprise.pk, level=1, actor_id=None
    )
    EnterpriseFile.objects.create(enterprise=enterprise, name="证书", blob=blob, level=1)
    assert [fetch(person, blob).status_code for person in (owner, make.staff())] == [200, 404]


@pytest.mark.parametrize(
    ("name", "content", "disposition", "kind"),
    [
        ("报告 1.pdf", make.PDF, "inline; filename*=utf-8''%E6%8A%A5%E5%91%8A%201.pdf", "application/pdf"),
        ("a.png", picture(), 'inline; filename="a.png"', "image/png"),
        ("a.zip", archive(), 'attachment; filename="a.zip"', "application/zip"),
        ("a.txt", b"words", 'attachment; filename="a.txt"', "text/plain"),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            'attachment; filename="a.svg"',
            "application/octet-stream",
        ),
        (
            "a.html",
            b"<!doctype html><script>1</script>",
            'attachment; filename="a.html"',
            "application/octet-stream",
        ),
    ],
)
def test_name_kind_and_headers(name, content, disposition, kind):
    one = make.engagement()
    answer = fetch(one.consultant, given(one, name, content))
    assert answer["Content-Disposition"] == disposition
    assert answer["Content-Type"] == kind
    assert answer["Content-Length"] == str(len(content))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer.body == content


@pytest.mark.parametrize(("verb", "status"), [("head", 200), ("post", 405), ("put", 405), ("delete", 405)])
def test_files_are_only_read(verb, status):
    one = make.engagement()
    assert fetch(one.consultant, given(one), verb).status_code == status


def test_every_file_of_every_model_has_an_owner_that_opens_it():
    pointing = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model is Blob
    }
    assert set(owners()) == pointing


@pytest.mark.parametrize("name", ["engagement", "name", "nothing"])
def test_what_is_no_file_is_refused_where_it_is_declared(name):
    with pytest.raises(DeclarationError) as refused, translation.override("en"):
        carries_files(Material, name)
    assert f"Material: expected foreign keys to files (Blob), came '{name}'." in str(refused.value)
    assert refused.value.where.startswith("faces/test_files.py, line ")


def test_a_model_has_one_resource_and_a_slug_belongs_to_one():
    given = resource_of(Material)
    for again in (given, replace(given, model=Blob)):
        with pytest.raises(DeclarationError, match="Material is registered as material already"):
            register(again)
