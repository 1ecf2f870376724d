"""Set up what this copy needs, all of it under var/: `python tools/setup.py [dev]`. Make runs it; done work is not repeated.

Standard library only, and syntax that older Pythons read, so that a wrong version gets an answer and no traceback.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
VAR = HOME / "var"
VENV = VAR / "venv"
PYTHON = VENV / "bin/python"
REQUIREMENTS = HOME / "requirements"
OLDEST, NEWEST = (3, 11), (3, 13)
OLDEST_NODE = 20  # as in bundle.py


def main() -> None:
    dev = sys.argv[1:] == ["dev"]
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "Keqiao needs Python 3.11, 3.12 or 3.13; this is %d.%d (%s).\n"
            "Install python3.11, or name another: make PYTHON=/path/to/python3.11"
            % (*sys.version_info[:2], sys.executable)
        )
    make_venv()
    install("runtime.txt")
    if dev:
        install("dev.txt")
    if not has_node():
        install("node.txt")
    link_sources()
    for tool in ("bundle.py", "messages.py compile"):
        name, *arguments = tool.split()
        python(HOME / "tools" / name, *arguments)
    collect_static()


def say(what: str) -> None:
    print("set-up: " + what, flush=True)


def make_venv() -> None:
    if works(PYTHON):
        return
    say("virtual environment")
    shutil.rmtree(str(VENV), ignore_errors=True)
    shutil.rmtree(str(VAR / "stamps"), ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        sys.exit(
            "set-up: no virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv"
        )


def works(python: Path) -> bool:
    """Whether the environment is there, starts, and is of the Python that runs this."""
    ask = [str(python), "-c", "import sys; print(sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    except OSError:
        return False
    return answer.stdout.decode().strip() == str(sys.version_info[:2])


def install(name: str) -> None:
    """Exactly the locked packages, each checked against its hash: by uv, and by pip where uv can't be had or fails."""
    wanted = digest([REQUIREMENTS / name])
    if done(name, wanted):
        return
    say("packages of requirements/" + name)
    locked = ["--require-hashes", "-r", str(REQUIREMENTS / name)]
    if have_uv() and not subprocess.call(
        [str(VENV / "bin/uv"), "pip", "install", "-q", "--python", str(PYTHON), *locked], env=uv_settings()
    ):
        mark(name, wanted)
        return
    say("uv did not do it; now with pip, which takes longer")
    if subprocess.call([*pip(), *locked]):
        sys.exit(
            "set-up: the packages could not be installed; pip's message above says why. Then run make again."
        )
    mark(name, wanted)


def pip() -> list:
    return [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--cache-dir",
        str(VAR / "cache/pip"),
    ]


def have_uv() -> bool:
    return (VENV / "bin/uv").exists() or not subprocess.call(
        [*pip(), "--require-hashes", "-r", str(REQUIREMENTS / "uv.txt")]
    )


def uv_settings() -> dict:
    """uv reads neither pip's configuration nor, by itself, the system's certificates."""
    chosen = {"UV_CACHE_DIR": str(VAR / "cache/uv"), "UV_NATIVE_TLS": "1", "UV_NO_PROGRESS": "1"}
    asked = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], stdout=subprocess.PIPE, check=False)
    for line in asked.stdout.decode().splitlines():
        name, _, value = line.partition("=")
        if name.split(".")[-1] == "index-url":
            chosen["UV_DEFAULT_INDEX"] = value.strip("'")
    return {**chosen, **os.environ}


def has_node() -> bool:
    """Whether the system's node will do; otherwise the one from a wheel comes in."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=False).stdout.decode()
    return int(version.strip().lstrip("v").split(".")[0] or 0) >= OLDEST_NODE


def link_sources() -> None:
    """What an editable installation does, without a build: src/ on the path, and a command for each entry point."""
    import tomllib

    library = next((VENV / "lib").glob("python3.*")) / "site-packages/keqiao.pth"
    library.write_text(str(HOME / "src") + "\n")
    scripts = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]["scripts"]
    for name, entry in scripts.items():
        module, function = entry.split(":")
        script = VENV / "bin" / name
        script.write_text(
            "#!%s\nimport sys\nfrom %s import %s\nsys.exit(%s())\n" % (PYTHON, module, function, function)
        )
        script.chmod(0o755)


def collect_static() -> None:
    wanted = digest([REQUIREMENTS / "runtime.txt", VAR / "node/.built"])
    if done("static", wanted) and (VAR / "static").exists():
        return
    say("static files")
    python("-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity=0")
    mark("static", wanted)


def python(*arguments: object) -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        "KEQIAO_VAR": str(VAR),
        "KEQIAO_BUILT": str(VAR),
        "PYTHONPATH": str(HOME / "src"),
    }
    code = subprocess.call([str(PYTHON), *map(str, arguments)], env={**os.environ, **settings}, cwd=str(HOME))
    if code:
        sys.exit("set-up: %s failed" % " ".join(map(str, arguments)))


def digest(paths: list) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def done(name: str, wanted: str) -> bool:
    stamp = VAR / "stamps" / name
    return stamp.exists() and stamp.read_text() == wanted


def mark(name: str, wanted: str) -> None:
    (VAR / "stamps").mkdir(parents=True, exist_ok=True)
    (VAR / "stamps" / name).write_text(wanted)


if __name__ == "__main__":
    main()
