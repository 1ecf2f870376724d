"""A site whose TLS ends at a proxy: what the proxy says of a request is believed, and nobody else's word."""

import os
import subprocess
import sys

import pytest
from tests.house.test_sizes import HOME

ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/accounts/login/", headers={"host": "keqiao.example", "x-forwarded-proto": "https"})
print(answer.status_code, answer.get("Location", ""))
"""


def asked(tmp_path, **site):
    """In a process of its own: what is checked hangs on settings that are read at the start."""
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    ours = {
        "KEQIAO_HTTPS": "1",
        "KEQIAO_ORIGIN": "https://keqiao.example",
        "KEQIAO_HOSTS": "keqiao.example",
        "KEQIAO_VAR": str(tmp_path),
        "KEQIAO_DATABASE": f"sqlite://{tmp_path}/none.sqlite3",
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "PYTHONPATH": str(HOME / "src"),
    }
    ran = subprocess.run(
        [sys.executable, "-c", ASK], env=clean | ours | site, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.once
def test_what_our_proxy_received_over_tls_is_answered(tmp_path):
    assert asked(tmp_path, KEQIAO_PROXIES="1") == "200"


@pytest.mark.once
def test_without_a_proxy_nobodys_word_on_it_is_believed(tmp_path):
    assert asked(tmp_path) == "301 https://keqiao.example/accounts/login/"
