"""Texts and their translations: `python tools/messages.py [check | compile | stubs | fold]`.

Each app keeps the Chinese of its own texts in locale/zh_Hans.po, and new ones also in files beside it whose
names end so (locale/delivery.zh_Hans.po) until `fold` puts them together; `compile` merges all into the one
catalogue that Django loads. A text shared by several apps is translated in the lowest of them.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
from message_ids import Message, messages_of

HOME = Path(__file__).resolve().parents[1]
SOURCES = HOME / "src/keqiao"
OUT = Path(os.environ.get("KEQIAO_BUILT") or os.environ.get("KEQIAO_VAR") or HOME / "var") / "locale"
# A higher app may use the texts of a lower one; apps not named stand between catalogue and portal.
LOWEST = (
    "kernel", "faces", "conformity", "accounts", "imports", "enterprises", "organisation", "facts", "catalogue",
)  # fmt: skip
HIGHEST = ("oversight", "portal", "config")
OF_LIBRARY = "library"  # a comment that begins so marks the translation of a text that a library shows
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {
    "Language": "zh_Hans",
    "Content-Type": "text/plain; charset=UTF-8",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def main() -> int:
    command = sys.argv[1] if sys.argv[1:] else "check"
    return {"check": check, "compile": compile_all, "stubs": stubs, "fold": fold}[command]()


def check() -> int:
    findings = list(problems())
    for finding in findings:
        print(finding)
    print(f"messages: {len(findings)} to put right" if findings else "messages: all translated")
    return 1 if findings else 0


def compile_all() -> int:
    """One binary catalogue under var/, which is in LOCALE_PATHS; lower apps give way to higher ones."""
    whole = polib.POFile()
    whole.metadata = HEADER
    merged = {key(entry): entry for app in apps() for entry in catalogue(app) if usable(entry)}
    whole.extend(merged.values())
    target = OUT / "zh_Hans/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_bytes() != whole.to_binary():
        target.write_bytes(whole.to_binary())
        print(f"messages: {len(merged)} translations")
    return 0


def stubs() -> int:
    """Add what is missing, with an empty translation, to the catalogue of the app that uses it."""
    for app in apps():
        missing = {message.key: message for message in untranslated(app)}
        po, known = read(path_of(app)), {key(entry) for entry in catalogue(app)}
        new = [message for message in missing.values() if message.key not in known]
        po.extend(stub(message) for message in new)
        if new:
            path_of(app).parent.mkdir(exist_ok=True)
            po.save(str(path_of(app)))
            print(f"messages: {len(new)} added to {app}")
    return 0


def fold() -> int:
    """One file an app, each translation in the lowest app that uses it; of two the first stays."""
    users: dict[tuple[str | None, str], str] = {}
    for app in apps():
        for message in messages_of(SOURCES / app):
            users.setdefault(message.key, app)
    kept: dict[tuple[str | None, str], tuple[str, polib.POEntry]] = {}
    for app in apps():
        for entry in filter(usable, catalogue(app)):
            home = users.get(key(entry), app if of_library(entry) else "")
            _, first = kept.setdefault(key(entry), (home, entry))
            if text_of(first) != text_of(entry):
                print(f"messages: {entry.msgid!r} stays {text_of(first)}, {app} had {text_of(entry)}")
    for app in apps():
        rewrite(app, [entry for home, entry in kept.values() if home == app])
    return 0


def rewrite(app: str, entries: list[polib.POEntry]) -> None:
    po = polib.POFile(wrapwidth=110)
    po.metadata = HEADER
    po.extend(entries)
    for path in path_of(app).parent.glob("*zh_Hans.po"):
        path.unlink()
    if entries:
        path_of(app).parent.mkdir(exist_ok=True)
        po.save(str(path_of(app)))


def stub(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, comment=message.where)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: ""}
    return entry


def problems() -> Iterator[str]:
    used: set[tuple[str | None, str]] = set()
    for app in apps():
        used |= {message.key for message in messages_of(SOURCES / app)}
        yield from (f"{m.where}: no Chinese for {m.text!r}" for m in untranslated(app))
    said: dict[tuple[str | None, str], tuple[str, str]] = {}
    for app in apps():
        yield from faults(app, used)
        for entry in catalogue(app):
            first, text = said.setdefault(key(entry), (app, text_of(entry)))
            if first != app:
                kind = "as" if text == text_of(entry) else "other than"
                yield f"{app}: {entry.msgid!r} is translated again, {kind} in {first}"


def faults(app: str, used: set[tuple[str | None, str]]) -> Iterator[str]:
    """What is wrong with the entries of one catalogue by themselves."""
    entries = catalogue(app)
    for (_, text), count in Counter(map(key, entries)).items():
        if count > 1:
            yield f"{app}: {text!r} stands in the catalogue {count} times"
    for entry in entries:
        if key(entry) not in used and not of_library(entry):
            yield f"{app}: {entry.msgid!r} is used nowhere"
        if usable(entry) and not fits(entry):
            yield f"{app}: {entry.msgid!r} and its translation name different values"


def untranslated(app: str) -> Iterator[Message]:
    known = {
        key(entry) for lower in apps()[: apps().index(app) + 1] for entry in catalogue(lower) if usable(entry)
    }
    seen: set[tuple[str | None, str]] = set()
    for message in messages_of(SOURCES / app):
        if message.key not in known | seen:
            seen.add(message.key)
            yield message


def apps() -> list[str]:
    found = {path.parent.name for path in SOURCES.glob("*/__init__.py")}
    between = sorted(found - set(LOWEST) - set(HIGHEST))
    return [app for app in (*LOWEST, *between, *HIGHEST) if app in found]


def path_of(app: str) -> Path:
    return SOURCES / app / "locale/zh_Hans.po"


def catalogue(app: str) -> list[polib.POEntry]:
    """The entries of all files of an app, those of zh_Hans.po first."""
    paths = sorted(path_of(app).parent.glob("*zh_Hans.po"), key=lambda path: (path != path_of(app), path))
    return [entry for path in paths for entry in read(path)]


def read(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    empty = polib.POFile(wrapwidth=110)
    empty.metadata = HEADER
    return empty


def usable(entry: polib.POEntry) -> bool:
    return bool(text_of(entry)) and not entry.fuzzy and not entry.obsolete


def of_library(entry: polib.POEntry) -> bool:
    return entry.comment.startswith(OF_LIBRARY) or entry.tcomment.startswith(OF_LIBRARY)


def text_of(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def fits(entry: polib.POEntry) -> bool:
    """The translation names the values its text names; only a singular may leave its number out."""
    wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    return wanted == set(PLACEHOLDER.findall(text_of(entry)))


if __name__ == "__main__":
    sys.exit(main())
