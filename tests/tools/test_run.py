"""What kind of site `make run` brings up, and what it refuses."""

import pytest
import run

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    for name in ("KEQIAO_DEMO", "KEQIAO_DATABASE", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(run, "KIND", tmp_path / "site")
    return tmp_path


def test_a_first_start_makes_a_demo():
    assert run.is_demo() is True


def test_a_first_start_on_a_database_of_its_own_makes_a_real_site(monkeypatch):
    monkeypatch.setenv("KEQIAO_DATABASE", "postgresql://keqiao@db/keqiao")
    assert run.is_demo() is False


@pytest.mark.parametrize(("kind", "demo"), [("demo", True), ("real", False)])
def test_a_site_stays_what_it_is(folder, kind, demo):
    (folder / "site").write_text(kind)
    assert run.is_demo() is demo


@pytest.mark.parametrize(("kind", "asked"), [("demo", "0"), ("real", "1")])
def test_a_site_never_changes_its_kind(folder, monkeypatch, kind, asked):
    (folder / "site").write_text(kind)
    monkeypatch.setenv("KEQIAO_DEMO", asked)
    with pytest.raises(SystemExit, match=f"is a {kind} one"):
        run.is_demo()


def test_a_wish_nobody_understands_is_refused(monkeypatch):
    monkeypatch.setenv("KEQIAO_DEMO", "maybe")
    with pytest.raises(SystemExit, match="'maybe'"):
        run.is_demo()


def test_a_taken_port_is_named(monkeypatch):
    with run.socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit, match=f"PORT={port + 1} make run"):
            run.chosen_port()
