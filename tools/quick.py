"""What a change needs while one works on it, in under two minutes: `make quick`. Before it goes out: `make lint test`.

Style and types of the changed files and the import contracts, then tests on SQLite: those of the apps touched, then
those of the apps above them as the import contracts say, the nearest first. What doesn't fit into the time is
skipped, and said so. Changed means: not yet committed, or not yet in the branch main (SINCE=HEAD~3 names another).
"""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from test import HOME, NO_TESTS, VAR, WORKERS, clean, options

SECONDS = 110
GENERATED = ("tests/every_operation", "tests/every_resource")
# Of the generated tests those that ask the kernel; the doors and the failing writes take too long here.
LEFT_OUT = ("tests/every_operation/test_faces.py", "tests/every_operation/test_all_or_nothing.py")
GROUND = ("factories", "databases")  # what all tests stand on
LIBRARIES = ("eligibility", "satisfaction", "sheets")


def main() -> int:
    until = time.time() + SECONDS
    files = changed()
    if not files:
        print("Nothing has changed since main; `make test` runs everything.")
        return 0
    code = lint(files)
    return code or run(files, until)


def changed() -> list[str]:
    since = os.environ.get("SINCE") or git("merge-base", "HEAD", "main")[0]
    found = {*git("diff", "--name-only", since), *git("ls-files", "--others", "--exclude-standard")}
    return sorted(name for name in found if (HOME / name).exists())


def git(*arguments: str) -> list[str]:
    asked = subprocess.run(["git", *arguments], cwd=HOME, capture_output=True, text=True, check=False)
    if asked.returncode:
        sys.exit(
            f"git {' '.join(arguments)} failed: {asked.stderr.strip()}\nName what to compare with: make quick SINCE=HEAD~1"
        )
    return asked.stdout.split()


def lint(files: list[str]) -> int:
    python = [name for name in files if name.endswith(".py")]
    sources = [name for name in python if name.startswith("src/")]
    codes = (
        [call("-m", "ruff", "check", *python), call("-m", "ruff", "format", "--check", *python)]
        if python
        else []
    )
    if sources:
        typed = [name for name in sources if "/migrations/" not in name]
        codes.append(call("-m", "mypy", *typed) if typed else 0)
        codes.append(
            subprocess.run(
                [str(Path(sys.executable).with_name("lint-imports"))], cwd=HOME, check=False
            ).returncode
        )
    return max(codes, default=0)


def run(files: list[str], until: float) -> int:
    apps, folders = chosen(files)
    if not folders:
        return 0
    folder = VAR / "test" / "quick"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    choice = [f"--apps={','.join(apps)}", f"--until={until:.0f}", "-m", "not slow and not browser"]
    ignored = [f"--ignore={path}" for path in LEFT_OUT]
    environment = {**clean(os.environ), "KEQIAO_VAR": str(folder), "KEQIAO_BUILT": str(VAR)}
    code = call(
        "-m", "pytest", "-q", *options(folder, WORKERS), *choice, *ignored, *folders, environment=environment
    )
    return 0 if code == NO_TESTS else code


def chosen(files: list[str]) -> tuple[list[str], list[str]]:
    """The apps touched, and the tests to run: changed files of tests, folders of those apps, of those above."""
    layers = order()
    parts = [Path(name).parts for name in files]
    apps = {part[2] for part in parts if part[:2] == ("src", "keqiao") and len(part) > 3}
    apps |= {layers[0] for part in parts if part[0] == "tests" and (len(part) == 2 or part[1] in GROUND)}
    touched = [name for name in layers if name in apps]
    above = layers[layers.index(touched[0]) + 1 :] if touched else []
    own = [name for name in files if name.startswith("tests/") and Path(name).name.startswith("test_")]
    libraries = [name for name in LIBRARIES if any(part[:2] == ("src", name) for part in parts)]
    generated = GENERATED if touched else ()
    names = [
        *own,
        *(f"tests/{name}" for name in (*libraries, *touched)),
        *generated,
        *(f"tests/{name}" for name in above),
    ]
    return touched, [name for name in dict.fromkeys(names) if (HOME / name).exists()]


def order() -> list[str]:
    """The apps, the lowest first, as the first import contract lists them."""
    contracts = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [name.strip() for layer in reversed(contracts[0]["layers"]) for name in layer.split("|")]


def call(*arguments: str, environment: dict[str, str] | None = None) -> int:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=HOME, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
