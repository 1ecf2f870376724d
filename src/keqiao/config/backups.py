"""The commands `backup`, `restore` and `drill`."""

import argparse
import json
import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from keqiao.config import environment as env

PROGRAM = (sys.executable, "-m", "keqiao.config.main")


def add_parsers(commands: Any) -> None:
    backup = commands.add_parser(
        "backup", help="copy database and files while work goes on, and the keys apart"
    )
    backup.set_defaults(call=_backup)
    backup.add_argument("folder", type=Path)
    where = backup.add_mutually_exclusive_group()
    where.add_argument("--keys", type=Path, help="folder for the keys: on another disk than the data")
    where.add_argument(
        "--keys-beside", action="store_true", help="keys beside the data, open to whoever finds both"
    )
    _add_restore(commands)
    drill = commands.add_parser(
        "drill", help="back up, restore aside, verify, throw away, leave a mark in the record"
    )
    drill.set_defaults(call=_drill)
    drill.add_argument(
        "--folder", type=Path, help="where there is room for the data twice (default: KEQIAO_VAR)"
    )


def _add_restore(commands: Any) -> None:
    parser = commands.add_parser(
        "restore", help="put a backup back on a machine without a site, and verify it"
    )
    parser.set_defaults(call=_restore)
    parser.add_argument("backup", type=Path)
    parser.add_argument("--keys", type=Path, required=True, help="folder with the keys of this backup")
    parser.add_argument("--erasures", type=Path, help="a newer list of what was erased, kept elsewhere")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)


def restore(arguments: list[str]) -> int:
    """Before anything of the site is read: its settings would make keys of their own."""
    parser = argparse.ArgumentParser(prog="keqiao", description="Keqiao 科桥")
    _add_restore(parser.add_subparsers(required=True))
    args = parser.parse_args(arguments)
    from keqiao.kernel.backup.manifest import BackupError, read

    if not env.is_new():
        return _refused(f"There is a site in {env.VAR} already. Name an empty folder in KEQIAO_VAR.")
    try:
        site = read(args.backup).site
        with ExitStack() as refused:
            refused.callback(_leave_nothing)
            env.VAR.mkdir(parents=True, exist_ok=True)
            os.environ["KEQIAO_DEMO"] = "1" if site == "demo" else "0"
            import django

            django.setup()
            env.keep_kind(demo=site == "demo")
            from keqiao.kernel.platform.channel import Channel, entered, os_user

            with entered(Channel.COMMAND, os_user=os_user()):
                code = int(args.call(args))
            refused.pop_all()
            return code
    except BackupError as refusal:
        return _refused(refusal)


def _leave_nothing() -> None:
    """Of what begins a site, unless its data stands: then a fault came while they were verified."""
    if not (env.VAR / "vault").exists():
        env.KIND.unlink(missing_ok=True)
        shutil.rmtree(env.VAR / "secrets", ignore_errors=True)


def _backup(args: argparse.Namespace) -> int:
    from keqiao.kernel.backup.making import back_up
    from keqiao.kernel.backup.manifest import BackupError
    from keqiao.kernel.platform import clock

    keys = args.folder / "keys" if args.keys_beside else args.keys
    try:
        made = back_up(
            folder=args.folder, now=clock.now(), site=_site(), keys=keys, together=args.keys_beside
        )
    except BackupError as refusal:
        return _refused(refusal)
    _say(
        f"{made.folder}: {made.files} files, {made.size / 2**20:.1f} MB",
        f"database {made.database_seconds:.1f} s, files {made.files_seconds:.1f} s",
        f"keys in {made.keys}; keep them apart from the data"
        if made.keys
        else "without keys (--keys FOLDER): nothing of this can be read where they are lost",
    )
    return 0


def _restore(args: argparse.Namespace) -> int:
    from keqiao.kernel.backup import restoring
    from keqiao.kernel.record import erasures

    erased = erasures.read(args.erasures) if args.erasures else frozenset()
    restored = restoring.restore(folder=args.backup, keys=args.keys, erased=erased)
    if args.json:
        _say(json.dumps(asdict(restored)))
        return 0
    _mark("restore", restored)
    _say(*_told(restored))
    return 1 if restored.findings else 0


def _drill(args: argparse.Namespace) -> int:
    from keqiao.kernel.backup import drill
    from keqiao.kernel.backup.manifest import BackupError
    from keqiao.kernel.platform import clock

    try:
        held = drill.hold(folder=args.folder or env.VAR, now=clock.now(), site=_site(), command=PROGRAM)
    except BackupError as refusal:
        return _refused(refusal)
    made = held.made
    _mark("drill", held.restored, seconds=made.database_seconds + made.files_seconds)
    _say(
        f"backed up: database {made.database_seconds:.1f} s, files {made.files_seconds:.1f} s, {made.size / 2**20:.1f} MB",
        *_told(held.restored),
        "thrown away; the drill stands in the record",
    )
    return 1 if held.restored.findings else 0


def _told(restored: Any) -> list[str]:
    whole = "the record is whole, every file is what its row says"
    spent = {
        "judged": restored.judging_seconds,
        "laid": restored.laying_seconds,
        "verified": restored.verifying_seconds,
    }
    return [
        f"backup of {restored.at}: {restored.entries} entries, {restored.files} files",
        ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items()),
        f"{restored.erasures} erasures done again",
        *(restored.findings or (whole,)),
    ]


def _mark(kind: str, restored: Any, *, seconds: float = 0) -> None:
    """That it happened stands in the record, whoever did it at the shell."""
    from keqiao.kernel.platform import clock
    from keqiao.kernel.platform.actors import SYSTEM
    from keqiao.kernel.steps.operation import run
    from keqiao.organisation.operations import record_restoration

    spent = seconds + restored.judging_seconds + restored.laying_seconds + restored.verifying_seconds
    run(
        record_restoration,
        actor=SYSTEM,
        kind=kind,
        held_on=clock.today(),
        backup_at=restored.at,
        entries=restored.entries,
        files=restored.files,
        findings=len(restored.findings),
        seconds=round(spent),
    )


def _site() -> str:
    from django.conf import settings

    return "demo" if settings.DEMO else "real"


def _refused(refusal: object) -> int:
    sys.stderr.write(f"{refusal}\n")
    return 1


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
