"""What a site may set from outside, read once: environment variables that begin with KEQIAO_."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOME = Path(os.environ.get("KEQIAO_HOME", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("KEQIAO_VAR", HOME / "var")).resolve()  # what the site writes
BUILT = Path(os.environ.get("KEQIAO_BUILT", VAR)).resolve()  # what set-up made from the sources


KIND = VAR / "site"  # "demo" or "real", written once


LOST = {
    "django.key": "everybody signs in again then, and links sent before no longer open.",
    "second-factor.key": "every second factor must then be removed and enrolled again, since none opens any more.",
}


def is_demo() -> bool:
    """What this site is, or what a new one is asked to be; refuses to run a site as what it isn't."""
    kind = KIND.read_text() if KIND.exists() else None
    demo = flag("KEQIAO_DEMO", default=kind == "demo")
    asked = _name(demo=demo)
    if kind not in (None, asked):
        raise ImproperlyConfigured(
            f"The site in {VAR} is a {kind} one, and KEQIAO_DEMO asks for a {asked} one. Unset KEQIAO_DEMO, "
            f"or set KEQIAO_VAR to another folder for a {asked} site."
        )
    return demo


def keep_kind(*, demo: bool) -> None:
    """Write down what the site is; from then on it stays so (decision 0005)."""
    if not KIND.exists():
        KIND.write_text(_name(demo=demo))


def _name(*, demo: bool) -> str:
    return "demo" if demo else "real"


def flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str, size: int = 48) -> str:
    """A secret kept in a file of its own under var/secrets, made at first use, readable by its owner only. A site that has
    run and lost it gets no other: see LOST for what would go with it."""
    path = VAR / "secrets" / name
    if KIND.exists() and not (path.is_file() and path.read_text().strip()):
        raise ImproperlyConfigured(
            f"{path} is gone, and this site has run with it. Put it back from the copy of the keys. If it is lost for good, "
            f"write {size} random letters into a new one yourself: {LOST[name]}"
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(size))
    except FileExistsError:
        pass
    return path.read_text().strip()


def seal_key_file() -> str:
    return os.environ.get("KEQIAO_SEAL_KEY_FILE", str(VAR / "secrets" / "seal.key"))


def database(url: str) -> dict[str, Any]:
    """Django's settings of one database from `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "keqiao.kernel.platform.sqlite",
            "NAME": parts.path,
            "CONN_MAX_AGE": None,  # a new one reads the whole schema again, which takes longer than a page's queries
            # A file for tests too: in memory, threads and two writers at once don't wait for each other.
            "TEST": {"NAME": str(VAR / "test.sqlite3")},
            # IMMEDIATE: a deferred transaction that starts to write late fails at once under load.
            # FULL: no acknowledged write is lost when the power goes.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
                # What is erased leaves no trace in free pages; REPLACE meets the triggers on DELETE.
                "PRAGMA secure_delete=ON;PRAGMA recursive_triggers=ON;",
            },
        }
    if parts.scheme != "postgresql":
        raise ValueError(f"KEQIAO_DATABASE must begin with sqlite:/// or postgresql://, not {parts.scheme!r}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
