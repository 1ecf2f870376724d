"""`keqiao audit` and `keqiao verify`: what is checked, and against what that lies elsewhere."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from keqiao.config import environment


def verify(arguments: list[str]) -> int:
    """Check a pack. It needs no site; where there is one whose first key is pinned, that key must vouch for the pack."""
    from keqiao.kernel.record import pinned
    from keqiao.kernel.record import verify as verifier

    try:
        pins = pinned.read_from(Path(f"{environment.seal_key_file()}.pinned"))
    except pinned.DamagedPinError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.argv = ["keqiao verify", *arguments]
    return verifier.main(known=[pins.first, *sorted(pins.after_loss)] if pins.first else ())


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("audit", help="check the whole record in the database")
    parser.add_argument(
        "--key",
        type=_key,
        metavar="HEX",
        help="the first key of the log as written down elsewhere",
    )
    parser.add_argument(
        "--receipt",
        type=_content,
        action="append",
        default=[],
        dest="receipts",
        metavar="FILE",
        help="a seal kept elsewhere, which must be in the log; may be said again",
    )
    parser.add_argument("--files", action="store_true", help="read every file of the vault as well")
    parser.set_defaults(call=_audit)


def _audit(args: argparse.Namespace) -> int:
    from keqiao.kernel.record import pinned
    from keqiao.kernel.record.audit import unchecked, verify_log

    findings = verify_log(receipts=args.receipts, key=args.key or "", files=args.files)
    lines = [f"✗ {finding.code}: {finding.where}\n    {finding.message}" for finding in findings]
    lines += unchecked(receipts=len(args.receipts), key=args.key or "", files=args.files)
    if first := pinned.read().first:
        lines.append(f"first key {first}: keep it written down outside this machine, and compare with --key")
    lines.append("the record is whole" if not findings else f"{len(findings)} findings")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if findings else 0


def _key(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text.lower()):
        raise argparse.ArgumentTypeError("a public key is 64 letters of 0-9 and a-f")
    return text.lower()


def _content(text: str) -> bytes:
    try:
        content = Path(text).read_bytes()
    except OSError as fault:
        raise argparse.ArgumentTypeError(
            f"{text or 'an empty name'} can't be read: {fault.strerror}"
        ) from fault
    if not content.strip():
        raise argparse.ArgumentTypeError(f"{text} is empty")
    return content
