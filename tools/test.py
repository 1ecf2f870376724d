"""The whole suite, on both databases in one go: `python tools/test.py [pytest arguments]`. `make test` calls this.

SQLite runs everything; PostgreSQL what can differ there; the sample module runs with settings of its own. The two shorter
ones go beside the long one, one after the other: while a browser, a site that starts or a disk is waited for, the processor
has something to do. Each runs although another failed, so that one go tells all; the exit code is that of the worst.
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postgres import postgres

HOME = Path(__file__).resolve().parents[1]
VAR = HOME / "var"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PURE = (
    "tests/eligibility",
    "tests/satisfaction",
    "tests/sheets",
)  # not even collected where nothing of them runs
SAMPLE = "tests/sample"  # the guide's module, installed by the settings of the tests
GENERATED = ("tests/every_operation", "tests/every_resource")  # of which its steps and lists are run there
LACKING = "tests/every_operation/test_lacking.py"  # the sample has no examples of what lacks
NO_TESTS = 5  # pytest's code for a selection that is empty
WORKERS = int(os.environ.get("KEQIAO_TEST_WORKERS", "2"))
FEW = max(1, WORKERS // 2)  # of what goes beside


def main() -> int:
    need_browser()
    need_fonts()
    shutil.rmtree(VAR / "test", ignore_errors=True)
    arguments = sys.argv[1:]
    with ThreadPoolExecutor() as pool:
        others = pool.submit(beside, arguments)
        codes = [run("SQLite", {}, arguments, workers=WORKERS)]
        return verdict([*codes, *others.result()])


def beside(arguments: list[str]) -> list[int]:
    """What goes beside the run on SQLite; each is printed when it is done, in one piece."""
    with postgres(VAR / "postgres") as address:
        rest = ["-m", "not once", *(f"--ignore={folder}" for folder in PURE), *arguments]
        codes = [run("PostgreSQL", {"KEQIAO_DATABASE": address}, rest, workers=FEW, quiet=True)]
    if asks_for_sample(arguments):
        settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        chosen = [SAMPLE, *GENERATED, f"--ignore={LACKING}", "--apps=sample", *options_of(arguments)]
        codes.append(run("Sample", settings, chosen, workers=FEW, quiet=True))
    return codes


def asks_for_sample(arguments: list[str]) -> bool:
    """Its settings are its own, so it runs by itself: with everything, or when it is asked for."""
    folders = [one for one in arguments if one.startswith("tests")]
    return not folders or any(one.startswith(SAMPLE) for one in folders)


def options_of(arguments: list[str]) -> list[str]:
    return [one for one in arguments if not one.startswith("tests")]


def verdict(codes: list[int]) -> int:
    """A chosen few tests may all be of one kind; nothing at all having run, or a run cut off, is a failure."""
    if set(codes) == {NO_TESTS}:
        return NO_TESTS
    return 1 if set(codes) - {0, NO_TESTS} else 0


def run(
    name: str, environment: dict[str, str], arguments: list[str], *, workers: int, quiet: bool = False
) -> int:
    begun = time.monotonic()
    folder = VAR / "test" / name.lower()
    folder.mkdir(parents=True)
    settings = {**clean(os.environ), **environment, "KEQIAO_VAR": str(folder), "KEQIAO_BUILT": str(VAR)}
    command = [sys.executable, "-m", "pytest", "-q", "--durations=15", *options(folder, workers), *arguments]
    print(f"\n=== Tests on {name} have begun", flush=True)
    with (folder / "output.txt").open("w+") as output:
        code = subprocess.run(
            command,
            cwd=HOME,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=output if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            check=False,
        ).returncode
        output.seek(0)
        print(f"\n{output.read()}=== {name}: {time.monotonic() - begun:.0f} s, code {code}", flush=True)
    return code


def options(folder: Path, workers: int) -> list[str]:
    """A worker that is done takes tests over from the other."""
    return [
        "-n",
        str(workers),
        "--dist",
        "worksteal",
        f"--basetemp={folder / 'tmp'}",
        "-p",
        "no:cacheprovider",
    ]


def clean(environment: "os._Environ[str]") -> dict[str, str]:
    """A developer's own settings of a site don't reach the tests."""
    return {name: value for name, value in environment.items() if not name.startswith("KEQIAO_")}


def need_browser() -> None:
    if not any(shutil.which(name) for name in BROWSERS):
        install("a Chromium browser", "chromium")


def need_fonts() -> None:
    if (
        not shutil.which("fc-list")
        or not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    ):
        install("Chinese fonts", "fonts-noto-cjk", "fontconfig")


def install(what: str, *packages: str) -> None:
    """From Debian, where we may: the one thing set-up does outside var/."""
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(
            f"The tests need {what}. Install it first; on Debian and Ubuntu: sudo apt-get install {' '.join(packages)}"
        )
    print(f"set-up: {what} ({' '.join(packages)})", flush=True)
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
    }
    subprocess.run(["apt-get", "-q", "update"], check=False, **quiet)  # type: ignore[call-overload]
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    if subprocess.run(command, check=False, **quiet).returncode:  # type: ignore[call-overload]
        sys.exit(f"apt-get could not install {' '.join(packages)}; its message above says why.")


if __name__ == "__main__":
    sys.exit(main())
