"""What is sent: nothing of it lies on the disk in the clear, and what is too much is refused in words."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement, Material
from keqiao.faces.uploads import AT_ONCE, Held
from keqiao.kernel.files import vault
from keqiao.kernel.platform import clock

MB = 2**20


@pytest.fixture(autouse=True)
def site(db, settings, tmp_path):
    """Whoever tries to write a temporary file fails: there is no folder for it."""
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    with clock.at(make.NOON):
        yield


@pytest.fixture
def client():
    return make.client_of(make.engagement(state=Stage.DRAFT).enterprise)


@pytest.fixture
def material(client):
    return Material.objects.create(engagement=Engagement.objects.get(), name="营业执照")


def text(size):
    return SimpleUploadedFile("说明.txt", b"a" * size)


def give(client, material, file):
    return browser_of(client).post(f"/material/{material.pk}/do/provide_material/", {"file": file})


def test_a_file_of_some_size_is_taken_without_a_temporary_file(client, material):
    assert give(client, material, text(3 * MB)).status_code == 302
    material.refresh_from_db()
    assert vault.open_blob(material.blob).read() == b"a" * 3 * MB


def test_a_file_beyond_the_limit_is_refused_beside_its_field_and_what_was_typed_is_kept(settings):
    settings.MAX_FILE_BYTES = 3 * MB
    one = make.engagement(state=Stage.IMPLEMENTING)
    answer = browser_of(one.consultant).post(
        f"/engagements/{one.pk}/do/add_working_data/", {"analysis": "打了电话", "file": text(4 * MB)}
    )
    assert answer.status_code == 422
    said = (
        "The file is larger than 3 MB. Split it or make it smaller, for example by a lower scan resolution."
    )
    assert answer.context["form"].errors["file"] == [said]
    assert answer.context["form"]["analysis"].value() == "打了电话"


def test_a_visitor_sends_no_file():
    answer = Client().post("/accounts/login/", {"login": "a", "password": "b", "x": text(3 * MB)})
    assert answer.status_code == 200
    assert answer.wsgi_request.FILES == {}
    assert answer.wsgi_request.POST["login"] == "a"


def stated(size):
    """A request that says it is so long; whoever begins to read it finds out that it isn't."""
    return {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(size), "wsgi.input": Unread()}


class Unread(io.RawIOBase):
    def read(self, _size=-1):
        raise AssertionError("it was read")


@pytest.mark.parametrize("page", ["/accounts/login/", "/language/"])
def test_a_visitors_form_of_any_length_is_refused_unread(page):
    visitor = Client(enforce_csrf_checks=True)
    visitor.cookies["csrftoken"] = "k" * 32
    answer = visitor.generic("POST", page, **stated(101 * MB))
    assert answer.status_code == 413
    assert "一次发送的内容过多" in answer.content.decode()
    assert answer["X-Request-Id"] in answer.content.decode()


def test_a_form_beyond_measure_is_refused_unread(client, material):
    answer = browser_of(client).generic(
        "POST", f"/material/{material.pk}/do/provide_material/", **stated(101 * MB)
    )
    assert answer.status_code == 413
    assert "This is more than can be sent at once. Nothing of it was kept." in answer.content.decode()


def test_a_program_is_told_so_as_a_problem_document(client, material):
    path = f"/api/v1/material/{material.pk}/provide-material/"
    answer = browser_of(client).post(path, b"a" * 6 * MB, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["title"] == "This is more than can be sent at once. Nothing of it was kept."


def test_large_files_wait_for_a_place_and_small_ones_do_not(client, material):
    others = [Held() for _ in range(AT_ONCE)]
    assert [one.take_place() for one in others] == [True] * AT_ONCE
    answer = give(client, material, text(3 * MB))
    assert answer.context["form"].errors["file"] == [
        "Many large files are being received just now. Choose it again in a minute and send it."
    ]
    assert give(client, material, text(MB)).status_code == 302
    for one in others:
        one.close()


def test_a_place_is_given_back_whatever_came_of_the_request(client, material):
    for _ in range(AT_ONCE + 1):
        assert give(client, material, SimpleUploadedFile("a.exe", b"MZ\0\0" * MB)).status_code == 422
    form = encode_multipart(BOUNDARY, {"file": text(3 * MB)})
    for _ in range(AT_ONCE + 1):  # the connection ends in the midst
        cut = form[:-MB]
        browser_of(client).generic(
            "POST", f"/material/{material.pk}/do/provide_material/", cut, MULTIPART_CONTENT
        )
    assert give(client, material, text(3 * MB)).status_code == 302


def test_the_browser_is_told_the_limit(client, material):
    page = browser_of(client).get(f"/engagements/{material.engagement_id}/material/").content.decode()
    assert f'data-limit="{50 * MB}"' in page
