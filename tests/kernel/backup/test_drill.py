"""`keqiao drill`: back up, restore aside, verify, throw away; the mark stays."""

import sys

from tests.kernel.backup.conftest import NOW

from keqiao.kernel.backup import drill


def test_a_drill_restores_what_is_there_and_leaves_nothing(work, site, tmp_path, monkeypatch):
    from tests.factories.processes import environment

    for name, value in environment(site).items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "keqiao.config.main"]
    held = drill.hold(folder=tmp_path / "room", now=NOW, site="demo", command=command)
    # Four steps, and the entry that takes the file up into the record.
    assert (held.restored.entries, held.restored.files, held.restored.findings) == (5, 1, ())
    assert list((tmp_path / "room").iterdir()) == []
