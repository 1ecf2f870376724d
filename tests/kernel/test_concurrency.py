"""Several processes at once, with real commits: no gap, no double, no torn log."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.patience import PATIENCE

WORKER = Path(__file__).with_name("worker.py")


@pytest.fixture
def start(committing, tmp_path):
    """Processes on the test database."""
    names = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    database = {name: connection.settings_dict[name] for name in names}

    def start(*what):
        command = [
            sys.executable,
            str(WORKER),
            json.dumps(database),
            str(tmp_path / "seal.key"),
            *map(str, what),
        ]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)

    return start


def ended(process):
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return output


def test_writers_and_sealers_at_once(start):
    running = [*(start("write", 15) for _ in range(3)), start("seal", 8), start("seal", 8)]
    for process in running:
        ended(process)

    shown = json.loads(ended(start("show")))
    assert shown["numbers"] == list(range(1, 37))  # three times twelve steps that did not fail
    assert shown["sealed"] == 36
    assert [number for number, _n in shown["seals"]] == list(range(1, len(shown["seals"]) + 1))
    assert shown["seals"][-1][1] == 36
    assert shown["findings"] == []
