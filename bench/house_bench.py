"""The house under load: steps a second, pages small and large, fifty readers, a large import, search.

    make bench                                          the full sizes on both databases: an hour on two idle cores
    PYTHONPATH=src python bench/house_bench.py --both --small                 the same in minutes, to see that it runs
    PYTHONPATH=src python bench/house_bench.py --only steps,search --postgres         some parts, on PostgreSQL alone
    … --engagements 5000                                one size by itself; `--help` lists them

Prints figures and judges none. Works in a folder of its own that is removed afterwards. SQLite unless `--postgres` or
`--both` is said; PostgreSQL is that of the tests, but waits for the disk as a site does. How a part is added stands in
bench/house/__init__.py.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from importlib import import_module
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME / "tools"), str(HOME / "bench")]

from house.figures import Figure, keep, read, table  # noqa: E402
from house.sizes import Sizes  # noqa: E402

from house import MODULES, PARTS  # noqa: E402

DURABLE = ["max_connections=100", "shared_buffers=256MB"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=", ".join(f"{name}: {what}" for name, what in PARTS.items()))
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between them")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--both", action="store_true", help="SQLite, then PostgreSQL")
    parser.add_argument("--small", action="store_true", help="all sizes small")
    for size in fields(Sizes):
        parser.add_argument(f"--{size.name.replace('_', '-')}", type=int)
    parser.add_argument("--in-process", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--figures", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Each part in a process and a database of its own, so that none warms the other's memory."""
    args = arguments()
    if args.in_process:
        return run(args)
    found: dict[tuple[str, str], list[Figure]] = {}
    code = 0
    for database in databases(args):
        with running(database) as address:
            for part in args.only.split(","):
                failed, found[part, database] = alone(part, address)
                code = max(code, failed)
    print(f"\n{' '.join(['python', *sys.argv])}\n\n{table(found)}", flush=True)
    return code


def databases(args: argparse.Namespace) -> list[str]:
    return ["SQLite", "PostgreSQL"] if args.both else ["PostgreSQL"] if args.postgres else ["SQLite"]


@contextmanager
def running(database: str) -> Iterator[str]:
    """The address of a server; empty for SQLite."""
    with ExitStack() as stack:
        if database == "SQLite":
            yield ""
            return
        from postgres import postgres

        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="keqiao-bench-"))
        yield stack.enter_context(postgres(Path(folder) / "postgres", options=DURABLE))


def alone(part: str, address: str) -> tuple[int, list[Figure]]:
    with tempfile.TemporaryDirectory(prefix="keqiao-bench-") as folder:
        var = Path(folder) / "var"
        place = {
            "KEQIAO_VAR": str(var),
            "KEQIAO_BUILT": os.environ.get("KEQIAO_BUILT", str(HOME / "var")),
            "KEQIAO_DEMO": "1",  # no second factor for the readers
            "PYTHONPATH": os.pathsep.join([str(HOME / "src"), str(HOME / "bench")]),
            "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
            "PYTHONWARNINGS": "ignore",
        }
        place |= {"KEQIAO_DATABASE": address} if address else {}
        figures = Path(folder) / "figures"
        command = [sys.executable, __file__, *sys.argv[1:], "--in-process", part, "--figures", str(figures)]
        code = subprocess.run(command, env=os.environ | place, check=False).returncode
        return code, read(figures)


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import connection

    from house import ground

    part = args.in_process
    print(f"== {part} on {connection.vendor}: {PARTS[part]}", flush=True)
    ground.fresh(part)
    sizes = Sizes.chosen(small=args.small, said=vars(args))
    keep(import_module(f"house.{MODULES.get(part, part)}").measure(sizes), args.figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
