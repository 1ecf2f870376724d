"""The command `keqiao`: serve, work, run one operation, load the demo, seal, check a pack."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keqiao.config import checking, starting


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["verify"]:  # checking a pack needs no site
        return checking.verify(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keqiao.config.settings")
    if arguments[:1] == ["restore"]:  # there is no site yet
        from keqiao.config import backups

        return backups.restore(arguments)
    import django
    from django.core.exceptions import ImproperlyConfigured

    from keqiao.documents.registry import PaperError
    from keqiao.kernel.platform.typed_yaml import DataError
    from keqiao.kernel.steps.declarations import DeclarationError

    try:
        django.setup()
        return _call(arguments)
    except (ImproperlyConfigured, DeclarationError, DataError, PaperError, starting.NotStarting) as fault:
        sys.stderr.write(f"{fault}\n")  # each says where and what to do
        return 1


def _call(arguments: list[str]) -> int:
    from keqiao.kernel.platform.channel import Channel, entered, os_user

    args = _parser().parse_args(arguments)
    starting.keep_to_ourselves()
    if args.call in {_prepare, _serve, _worker, _seal}:
        starting.check()
    with entered(Channel.COMMAND, os_user=os_user()):
        return int(args.call(args) or 0)


def _parser() -> argparse.ArgumentParser:
    from keqiao.config import backups
    from keqiao.faces.cli import export, modules, run

    parser = argparse.ArgumentParser(prog="keqiao", description="Keqiao 科桥")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(
        commands,
        "prepare",
        "migrate the database, load the catalogue, and the demo when asked for and empty",
        _prepare,
    )
    web = _add(commands, "serve", "answer requests: one web process a core (KEQIAO_PROCESSES)", _serve)
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    _add(commands, "worker", "deliver jobs and run timed ones", _worker)
    _add(commands, "seal", "seal the entries written since the last seal", _seal)
    checking.add_parser(commands)
    first = _add(
        commands,
        "administrator",
        "invite the first holder of an administration of a new site",
        _administrator,
    )
    first.add_argument("role", choices=["system_admin", "security_admin", "audit_admin"])
    for name in ("username", "name", "email"):
        first.add_argument(name)
    _add(commands, "demo", "load the demo into an empty site", _demo)
    verify = _add(commands, "verify", "check an archive pack", lambda _args: 2)
    verify.add_argument("pack", type=Path)
    manage = _add(commands, "manage", "Django's own commands", _manage)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    backups.add_parsers(commands)
    modules.add_parser(commands)
    run.add_parser(commands, _find_actor)
    export.add_parser(commands, _find_actor)
    return parser


def _add(
    commands: Any, name: str, help_text: str, call: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
    parser.set_defaults(call=call)
    return parser


def _find_actor(username: str) -> Any:
    from keqiao.accounts.models import User
    from keqiao.kernel.platform.errors import Refusal

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refusal(f"There is no active account {username!r}.")
    return user


def _prepare(_args: argparse.Namespace) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from keqiao.catalogue.operations.load import load_catalogue
    from keqiao.config import environment
    from keqiao.engagement.case.operations.limits import load_limits
    from keqiao.kernel.platform import migrations, search
    from keqiao.kernel.record import append_only, rows

    unguarded, apps = append_only.missing(connection), migrations.waiting()
    call_command("migrate", verbosity=0)
    _say_of_record(unguarded)
    with rows.collected() as written:
        load_catalogue()
        load_limits()
    _take_up(written, apps)
    search.complete()
    if settings.DEMO:
        _load_demo()
    else:
        environment.keep_kind(demo=False)


def _say_of_record(unguarded: list[str]) -> None:
    """What a person must hear: guards that were gone, and a first key that is pinned only now."""
    from keqiao.kernel.record import seal_keys

    for table in unguarded:
        sys.stderr.write(
            f"{table} stood without its guard, which has been laid again. Unless this is the first start of a new "
            "version, somebody with rights on the database removed it: run `keqiao audit --files --receipt FILE`.\n"
        )
    if first := seal_keys.pin_first():
        sys.stderr.write(
            f"The first seal key is pinned on this machine from now on: {first}. Compare it with a pack or a receipt "
            "that left the institution earlier, and write it down elsewhere.\n"
        )


def _take_up(written: Any, apps: set[str]) -> None:
    """Hold what no step wrote: on the first start everything, later what the loaders added and migrations changed."""
    from keqiao.kernel.record import take_up

    if not take_up.has_begun():
        take_up.all_rows()
        return
    take_up.loaded(written)
    if changed := take_up.migrated(apps):
        sys.stderr.write(
            f"{changed} rows of what was migrated differ from what a step last wrote: they are taken into the record "
            "as they are now.\n"
        )


def _load_demo() -> bool:
    """Whether there was anything to load. Only an empty site takes the demo."""
    from keqiao.config import environment
    from keqiao.config.demo import finished, load, peopled
    from keqiao.kernel.platform.channel import Channel, entered

    empty = not peopled()
    if not empty and not finished():
        sys.exit(
            "There are accounts here and no finished demo: loading it was cut off, or the accounts are real. "
            "Start again with an empty KEQIAO_VAR and database."
        )
    environment.keep_kind(demo=True)
    if empty:
        with entered(Channel.WEB):  # the scenes are taken as people take them, on pages
            load()
    return empty


def _serve(args: argparse.Namespace) -> None:
    from keqiao.config import web

    web.serve(host=args.host, port=args.port)


def _worker(_args: argparse.Namespace) -> None:
    from keqiao.kernel.platform.worker import run_worker

    run_worker()


def _seal(_args: argparse.Namespace) -> None:
    from keqiao.kernel.platform import clock
    from keqiao.kernel.record.sealing import seal

    sealed = seal(now=clock.now())
    sys.stdout.write(f"seal {sealed.n}\n" if sealed else "nothing new to seal\n")


def _administrator(args: argparse.Namespace) -> int:
    """The first three of a site; all others are invited and given their roles on the pages."""
    from keqiao.accounts.models import Role
    from keqiao.accounts.operations.invitations import invite_first_administrator
    from keqiao.kernel.platform.errors import Refusal

    who = {"username": args.username, "name": args.name, "email": args.email}
    try:
        invitation = invite_first_administrator(role=Role(args.role), **who)
    except Refusal as refusal:
        fields = [
            f"{field}: {text}\n" for field, texts in getattr(refusal, "fields", {}).items() for text in texts
        ]
        sys.stderr.write("".join([f"{refusal}\n", *fields]))
        return 1
    sys.stdout.write(f"{args.username} sets a password here, once: {invitation.link}\n")
    return 0


def _demo(_args: argparse.Namespace) -> int:
    from django.conf import settings

    if not settings.DEMO:
        sys.stderr.write(
            "This is no demo site (KEQIAO_DEMO=1 makes one); demo accounts never enter a real one.\n"
        )
        return 1
    if not _load_demo():
        sys.stdout.write("the demo is loaded already\n")
    return 0


def _manage(args: argparse.Namespace) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["keqiao manage", *args.rest])


if __name__ == "__main__":
    sys.exit(main())
