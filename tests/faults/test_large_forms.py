"""What the real server makes of forms that are too large: the answer reaches who sent them."""

import http.client

import pytest
from tests.faults.conftest import HOST
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
MB = 2**20


def post(web, path, size):
    """Send it all, as a browser does, and read the answer."""
    connection = http.client.HTTPConnection(HOST, int(web.address.rsplit(":", 1)[1]), timeout=PATIENCE)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head + b"a" * size + b"\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": f"csrftoken={'k' * 32}"}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_a_visitor_who_sends_megabytes_is_answered(serve):
    web = serve()
    for size in (6 * MB, 60 * MB):
        status, text = post(web, "/accounts/login/", size)
        assert (status, "该表单已过期" in text) == (403, True)


def test_a_program_that_sends_too_much_is_told(serve):
    answer = serve().api("/api/v1/tags/create-tag/", {"name": "签" * 6 * MB}, key="k")
    assert (answer.status, answer.kind) == (413, "application/problem+json")
    assert answer.json["title"] == "一次发送的内容过多，未保存任何内容。"
