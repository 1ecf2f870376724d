"""`keqiao run OPERATION`: every operation as a command, with the same values and refusals as its form."""

import argparse
import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from keqiao.faces.confirmation import refuse_untyped
from keqiao.faces.values import body_of, values_from_json
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.steps.one_time_secret import shown_once
from keqiao.kernel.steps.operation import Operation, get, operations, run
from keqiao.kernel.steps.params import Param, ParamKind


def add_parser(commands: Any, find_actor: Callable[[str], Actor]) -> None:
    """Add `run` and, under it, one command an operation."""
    parser = commands.add_parser("run", help="carry out one operation")
    parser.add_argument("--as", dest="actor", required=True, help="user name of who acts")
    parser.add_argument("--key", default="", help="idempotency key: the same key has one effect")
    steps = parser.add_subparsers(dest="step", required=True, metavar="OPERATION")
    for op in sorted(operations(), key=lambda op: op.name):
        if op.exposed:
            _add_step(steps, op)
    parser.set_defaults(call=lambda args: carry_out(args, find_actor))


def _add_step(steps: Any, op: Operation) -> None:
    step = steps.add_parser(op.name.replace("_", "-"), help=f"{op.label} ({op.clause})")
    step.set_defaults(operation=op.name)
    if not op.creates:
        step.add_argument("pk", type=int, help=f"id of the {op.model._meta.verbose_name}")
    for param in op.params:
        option = f"--{param.name.replace('_', '-')}"
        if param.of is ParamKind.FLAG:
            step.add_argument(option, dest=param.name, action="store_true", help=str(param.prompt.label))
        else:
            step.add_argument(option, dest=param.name, required=param.required, help=_help(param))


def _help(param: Param) -> str:
    extra = {
        ParamKind.ROWS: "a JSON list",
        ParamKind.FILE: "a path",
        ParamKind.OBJECT: "an id",
        ParamKind.OBJECTS: "ids, comma between",
        ParamKind.DAY: "2026-11-22",
    }
    words = f"{param.prompt.label} ({extra[param.of]})" if param.of in extra else str(param.prompt.label)
    return words.replace("%", "%%")


def carry_out(args: argparse.Namespace, find_actor: Callable[[str], Actor]) -> int:
    op = get(args.operation)
    try:
        actor = find_actor(args.actor)
        subject = None if op.creates else policy.visible_object(op.model, actor, args.pk)
        op.permission.require(actor, subject, clause=op.clause)
        body = body_of(op)(
            **{
                p.name: _read(p, getattr(args, p.name))
                for p in op.params
                if getattr(args, p.name) is not None
            }
        )
        values = values_from_json(op, body, actor=actor, subject=subject)
        if subject is not None:
            values[op.subject] = subject
        refuse_untyped(op, actor)
        result = run(op, actor=actor, key=args.key, **values)
    except ValidationError as error:
        return _refused([f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()])
    except Refusal as refusal:
        fields = [f"{name}: {text}" for name, texts in refusal.fields.items() for text in texts]
        return _refused([str(refusal), *fields])
    shown = result if result is not None else subject
    sys.stdout.write(f"{op.name}: {shown} (id {getattr(shown, 'pk', '')})\n")
    sys.stdout.writelines(f"{secret.label}\t{secret.value}\n" for secret in shown_once(shown))
    return 0


def _refused(lines: list[str]) -> int:
    sys.stderr.write("\n".join(lines) + "\n")
    return 1


def _read(param: Param, typed: Any) -> Any:
    if param.of is ParamKind.ROWS:
        return json.loads(typed)
    if param.of is ParamKind.OBJECTS:
        return [int(pk) for pk in typed.split(",")]
    if param.of is ParamKind.FILE:
        path = Path(typed)
        return {"name": path.name, "content": base64.b64encode(path.read_bytes()).decode()}
    return typed
