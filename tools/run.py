"""Bring the site up: prepare the database, then web processes and worker together until Ctrl-C. `make run` calls this.

The first start decides what kind of site this is, and `keqiao prepare` writes it down: a demo, or with KEQIAO_DEMO=0 a
real one. A site never changes its kind, so that demo accounts can't enter a real one by a forgotten variable.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

HOME = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("KEQIAO_VAR", HOME / "var")).resolve()
KIND = VAR / "site"
HOST = "127.0.0.1"
PATIENCE = 30  # seconds a process has to finish what it is doing
Processes = dict[str, subprocess.Popen[bytes]]


def main() -> int:
    port = chosen_port()
    environment = settings(port)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    processes: Processes = {}
    try:
        if subprocess.run([*keqiao(), "prepare"], env=environment, cwd=HOME, check=False).returncode:
            return 1
        processes["web processes"] = start(web(port), environment)
        processes["worker"] = start([*keqiao(), "worker"], environment)
        wait_for(port, processes)
        welcome(port)
        return until_one_ends(processes)
    except KeyboardInterrupt:
        return 0
    finally:
        end(processes)


def chosen_port() -> int:
    port = int(os.environ.get("PORT", "8000"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(
                f"Something is listening on port {port} already. Choose another: PORT={port + 1} make run"
            )
    return port


def settings(port: int) -> dict[str, str]:
    ours = {
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "KEQIAO_DEMO": "1" if is_demo() else "0",
        "KEQIAO_BUILT": str(HOME / "var"),
        "PYTHONPATH": str(HOME / "src"),
        "PYTHONUNBUFFERED": "1",
    }
    return {"KEQIAO_VAR": str(VAR), "KEQIAO_ORIGIN": f"http://{HOST}:{port}", **os.environ, **ours}


def is_demo() -> bool:
    """What was asked for must be what the site is; a new site is a demo unless it has a database of its own."""
    VAR.mkdir(parents=True, exist_ok=True)
    asked = os.environ.get("KEQIAO_DEMO", "")
    wanted = {"": None, "0": "real", "1": "demo"}.get(asked, "")
    if wanted == "":
        sys.exit(f"KEQIAO_DEMO is 1 (a demo site) or 0 (a real one), not {asked!r}.")
    kind = KIND.read_text() if KIND.exists() else None
    if kind and wanted and kind != wanted:
        sys.exit(f"The site in {VAR} is a {kind} one. For a {wanted} one set KEQIAO_VAR to another folder.")
    return (wanted or kind or ("real" if "KEQIAO_DATABASE" in os.environ else "demo")) == "demo"


def keqiao() -> list[str]:
    return [sys.executable, "-m", "keqiao.config.main"]


def web(port: int) -> list[str]:
    return [*keqiao(), "serve", "--host", HOST, "--port", str(port)]


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches this program only, which then ends both in order."""
    return subprocess.Popen(command, env=environment, cwd=HOME, start_new_session=True)


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def wait_for(port: int, processes: Processes) -> None:
    while all(process.poll() is None for process in processes.values()):
        with socket.socket() as probe:
            if not probe.connect_ex((HOST, port)):
                return
        time.sleep(0.1)


def welcome(port: int) -> None:
    print(f"\nKeqiao 科桥: http://{HOST}:{port}/    (Ctrl-C ends it)", flush=True)
    accounts = VAR / "demo/accounts.txt"
    if accounts.exists():
        print(f"\n{accounts.read_text().rstrip()}\n", flush=True)


def until_one_ends(processes: Processes) -> int:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"The {name} ended with code {process.returncode}; stopping the rest.", file=sys.stderr)
                return 1
        time.sleep(0.5)


def end(processes: Processes) -> None:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)  # a second Ctrl-C doesn't cut the orderly end short
    for process in processes.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes.values():
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
