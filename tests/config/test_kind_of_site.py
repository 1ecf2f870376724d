"""A site never changes its kind: real processes, each told what an installation would tell them (decision 0005)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.patience import PATIENCE

pytestmark = pytest.mark.once
COMMAND = ["-m", "keqiao.config.main"]
SAY = (
    "from django.conf import settings as s;"
    "print(s.DEMO, s.STAFF_SECOND_FACTOR_REQUIRED, s.INSTITUTION_NAME == '科桥演示服务中心（虚构）')"
)
WEB = "from keqiao.config.wsgi import application"


@pytest.fixture
def keqiao(tmp_path):
    """`keqiao("demo", KEQIAO_DEMO="1")`: one process of the site in an empty folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    ground = {
        "KEQIAO_VAR": str(tmp_path),
        "KEQIAO_BUILT": os.environ.get("KEQIAO_BUILT", str(tmp_path)),
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONIOENCODING": "utf-8",
    }

    def call(*arguments, **told):
        command = [sys.executable, *(arguments if arguments[0] == "-c" else [*COMMAND, *arguments])]
        return subprocess.run(
            command, env=kept | ground | told, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    return call


def with_its_secrets(folder: Path) -> None:
    (folder / "secrets").mkdir(mode=0o700)
    for name in ("django.key", "second-factor.key"):
        (folder / "secrets" / name).write_text("b2YgdGhlIHRlc3RzLCBhbmQgb2Ygbm9ib2R5IGVsc2U")


def refusal(folder: Path, kind: str, asked: str) -> str:
    return (
        f"The site in {folder} is a {kind} one, and KEQIAO_DEMO asks for a {asked} one. Unset KEQIAO_DEMO, "
        f"or set KEQIAO_VAR to another folder for a {asked} site.\n"
    )


@pytest.mark.parametrize("command", ["demo", "prepare", "worker"])
@pytest.mark.parametrize(("kind", "asked", "flag"), [("real", "demo", "1"), ("demo", "real", "0")])
def test_no_command_runs_as_what_the_site_is_not(keqiao, tmp_path, command, kind, asked, flag):
    (tmp_path / "site").write_text(kind)
    done = keqiao(command, KEQIAO_DEMO=flag)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", refusal(tmp_path, kind, asked))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_the_web_process_of_a_real_site_does_not_start_as_a_demo(keqiao, tmp_path):
    (tmp_path / "site").write_text("real")
    with_its_secrets(tmp_path)
    done = keqiao("-c", WEB, KEQIAO_DEMO="1")
    assert done.returncode == 1
    assert done.stderr.endswith(f"ImproperlyConfigured: {refusal(tmp_path, 'real', 'demo')}")
    assert keqiao("-c", WEB).returncode == 0


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        ("real", {}, "False True False"),
        ("real", {"KEQIAO_DEMO": "0"}, "False True False"),
        ("demo", {}, "True False True"),
        ("demo", {"KEQIAO_DEMO": "1"}, "True False True"),
        ("", {}, "False True False"),
        ("", {"KEQIAO_DEMO": "1"}, "True False True"),
    ],
)
def test_the_kind_decides_about_the_second_factor(keqiao, tmp_path, kind, told, expected):
    if kind:
        with_its_secrets(tmp_path)
        (tmp_path / "site").write_text(kind)
    assert keqiao("-c", SAY, **told).stdout.strip() == expected


def test_preparing_writes_the_kind_and_a_site_with_accounts_takes_no_demo(keqiao, tmp_path):
    assert keqiao("prepare").returncode == 0
    assert (tmp_path / "site").read_text() == "real"
    assert keqiao("demo", KEQIAO_DEMO="1").stderr == refusal(tmp_path, "real", "demo")
    who = ("administrator", "system_admin", "anna", "示例安娜", "anna@example.com")
    assert keqiao(*who).stdout.startswith("anna sets a password here, once: ")
    (tmp_path / "site").unlink()  # a folder restored without it
    done = keqiao("demo", KEQIAO_DEMO="1")
    assert done.returncode == 1
    assert done.stderr.startswith("There are accounts here and no finished demo: ")
    assert not (tmp_path / "site").exists()
    count = (
        "import django; django.setup(); from keqiao.accounts.models import User; print(User.objects.count())"
    )
    (tmp_path / "site").write_text("real")
    assert keqiao("-c", count).stdout.strip() == "1"
