"""Django's own checks of the project as a whole."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from tests.house.test_sizes import HOME


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.once
def test_a_site_behind_https_passes_the_check_for_deployment(tmp_path):
    """In a process of its own: what is checked hangs on settings that are read at the start."""
    site = {"KEQIAO_HTTPS": "1", "KEQIAO_ORIGIN": "https://keqiao.example", "KEQIAO_HOSTS": "keqiao.example"}
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    ours = {
        "KEQIAO_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "PYTHONPATH": str(HOME / "src"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level=WARNING"],
        env=clean | site | ours,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
