"""The house at two sizes: pages, steps a second, a large import, search. Prints figures; asserts nothing.

    PYTHONPATH=src python bench/house_bench.py [--large 100000] [--engagements 20000] [--entries 1000000]
        [--import-rows 100000] [--titles 200000] [--steps 400] [--only pages,steps,import,search] [--postgres]

Works in a folder of its own that is removed afterwards. `--postgres` starts the PostgreSQL of the tests; KEQIAO_DATABASE
names another. Every part says how long it took to lay out its rows.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
PARTS = ("pages", "steps", "import", "search")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, default in (
        ("small", 1_000),
        ("large", 100_000),
        ("engagements", 20_000),
        ("entries", 1_000_000),
        ("import-rows", 100_000),
        ("titles", 200_000),
        ("steps", 400),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--in-process", choices=PARTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Each part in a process and a database of its own, so that none warms the other's memory."""
    args = arguments()
    if args.in_process:
        return run(args)
    with ExitStack() as stack:
        address = os.environ.get("KEQIAO_DATABASE", "")
        if args.postgres:
            sys.path.insert(0, str(HOME / "tools"))
            from postgres import postgres

            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="keqiao-bench-"))
            address = stack.enter_context(postgres(Path(folder) / "postgres"))
        return max([0, *(part_alone(name, address) for name in args.only.split(","))])


def part_alone(name: str, address: str) -> int:
    with tempfile.TemporaryDirectory(prefix="keqiao-bench-") as folder:
        place = {"KEQIAO_VAR": folder, "PYTHONPATH": f"{HOME / 'src'}:{HOME / 'bench'}"}
        place |= {"KEQIAO_DATABASE": address} if address else {}
        settings = {"DJANGO_SETTINGS_MODULE": "keqiao.config.settings", "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, __file__, *sys.argv[1:], "--in-process", name]
        return subprocess.run(command, env=os.environ | place | settings, check=False).returncode


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    import house

    print(f"== {args.in_process} on {house.database()}", flush=True)
    house.empty()
    getattr(house, f"part_{args.in_process}")(args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
