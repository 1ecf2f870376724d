"""Locks of a machine: one holder at a time, whoever it is, and none once it is gone."""

import subprocess
import sys

import pytest

from keqiao.kernel.platform.file_locks import try_lock

HOLD = """
import sys, types, django.conf
django.conf.settings.configure(VAR=sys.argv[1])
from keqiao.kernel.platform.file_locks import try_lock
print("held" if try_lock("a") else "refused", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def test_one_holds_it_at_a_time():
    held = try_lock("a")
    assert held
    assert try_lock("a") is None
    other = try_lock("b")
    assert other
    held.release()
    held.release()
    assert try_lock("a")
    other.release()


def test_another_process_holds_it_until_it_dies(folder):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "held\n"
    assert try_lock("a") is None
    other.kill()
    other.communicate()
    held = try_lock("a")
    assert held
    held.release()
