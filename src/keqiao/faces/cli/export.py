"""`keqiao export LIST FILE`: the rows of a list that somebody sees, as Excel or CSV, as the page of the list gives them."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import QueryDict

from keqiao.faces.egress_log import list_is_written
from keqiao.faces.resource import resources
from keqiao.faces.web.lists import MEDIA
from keqiao.faces.web.sheets import sheet_of
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Refusal


def add_parser(commands: Any, find_actor: Callable[[str], Actor]) -> None:
    parser = commands.add_parser("export", help="write a list as Excel or CSV")
    parser.add_argument("--as", dest="actor", required=True, help="user name of who reads")
    parser.add_argument(
        "--where", default="", help="what stands behind ? in the address of the list: state=lent"
    )
    parser.add_argument("slug", metavar="LIST", choices=sorted(one.slug for one in resources()))
    parser.add_argument("file", type=Path, help="to write, ending in .xlsx or .csv")
    parser.set_defaults(call=lambda args: write(args, find_actor))


def write(args: argparse.Namespace, find_actor: Callable[[str], Actor]) -> int:
    form = args.file.suffix.removeprefix(".")
    if form not in MEDIA:
        sys.stderr.write(f"{args.file}: name a file that ends in .xlsx or .csv.\n")
        return 1
    resource = next(one for one in resources() if one.slug == args.slug)
    try:
        actor = find_actor(args.actor)
        sheet = sheet_of(resource, actor, QueryDict(args.where))
        list_is_written(actor, resource.slug, form)
    except Refusal as refusal:
        fields = [f"{name}: {text}" for name, texts in refusal.fields.items() for text in texts]
        sys.stderr.write("\n".join([str(refusal), *fields]) + "\n")
        return 1
    args.file.write_bytes(b"".join(sheet.as_bytes(form)))
    sys.stdout.write(f"{args.file}: {resource.title}\n")
    return 0
