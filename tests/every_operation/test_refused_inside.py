"""Each step that moves a state is made to refuse when its body has run, on every face it has: nothing is written, the form
comes back with all that was typed and the words beside their field, and the state shown is the true one.
"""

import argparse
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from tests.every_operation.html_forms import Controls, as_form
from tests.every_operation.refusing import WORDS, nothing_written, refusing
from tests.every_operation.sending import as_json, as_options
from tests.every_operation.trying import Trial, again, only

from keqiao.accounts.models import User
from keqiao.faces.cli import run as command
from keqiao.faces.resource import resource_of
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import ParamKind

moving = only(lambda op: op.then or op.side_transitions)


def field_of(op: Operation) -> str:
    """The parameter the refusal speaks of."""
    shown = (param for param in op.params if param.of is not ParamKind.FILE and not param.prompt.options)
    return next((param.name for param in shown), "")


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="keqiao")
    command.add_parser(made.add_subparsers(), lambda username: User.objects.get(username=username))
    return made


@moving
def test_nothing_is_written_and_the_form_comes_back(trial, name, parser, tmp_path, capsys, at_the_terminal):
    subject = trial.subject()  # preparing it may take steps of its own
    with refusing(trial.op, field_of(trial.op)):
        check_caller(trial, again(subject))
        if trial.op.exposed and not trial.op.confirm:  # else one has to prove first who one is
            check_page(trial, subject)
            check_endpoint(trial, subject)
        if trial.op.exposed:
            check_command(trial, subject, parser, tmp_path, capsys)


def check_caller(trial: Trial, held: Any) -> None:
    """Who calls from code: jobs, other steps, pages of their own."""
    values, as_it_was = trial.values(held), dict(held.__dict__)
    with nothing_written(), pytest.raises(Refusal) as refused:
        trial.take(held, values=values)
    assert str(refused.value.message) == WORDS
    assert held.__dict__ == as_it_was


def check_page(trial: Trial, subject: Any) -> None:
    op, resource = trial.op, resource_of(trial.op.model)
    assert resource is not None
    typed = as_form(trial.values(subject))
    carried = {"idempotency_key": "示例键", "expected_version": str(subject.version)}
    address = reverse(f"{resource.slug}-do", args=[subject.pk, trial.name])
    with nothing_written():
        answer = trial.world.visit(trial.example.by).post(address, {**typed, **carried})
    page = Controls(answer.content.decode())
    assert answer.status_code == 422, page.texts
    files = [value.name for value in typed.values() if isinstance(value, UploadedFile)]
    texts = {key: value for key, value in {**typed, **carried}.items() if not isinstance(value, UploadedFile)}
    assert {key: page.typed.get(key) for key in texts} == {
        key: value if isinstance(value, list) else [value] for key, value in texts.items()
    }
    assert page.wrong.get(field_of(op), "") == (WORDS if field_of(op) else "")
    assert page.texts.count(WORDS) == (2 if field_of(op) else 1)  # above the form, and beside the field
    item = answer.context["item"]
    assert (getattr(item, op.field), item.version) == (getattr(subject, op.field), subject.version)
    assert [sum(name in text for text in page.texts) for name in files] == [1] * len(files)  # choose it again


def check_endpoint(trial: Trial, subject: Any) -> None:
    op, resource = trial.op, resource_of(trial.op.model)
    assert resource is not None
    body = {key: as_json(value) for key, value in trial.values(subject).items()}
    address = f"/api/v1/{resource.slug}/{subject.pk}/{trial.name.replace('_', '-')}/"
    browser = trial.world.visit(trial.example.by)
    with nothing_written():
        answer = browser.post(address, json.dumps(body), content_type="application/json")
    said = answer.json()
    beside = {field_of(op): [WORDS]} if field_of(op) else {}
    assert (answer.status_code, said["title"], said.get("fields", {})) == (422, WORDS, beside)


def check_command(trial: Trial, subject: Any, parser: Any, folder: Any, capsys: Any) -> None:
    who = ["run", "--as", trial.actor().username, trial.name.replace("_", "-"), str(subject.pk)]
    args = parser.parse_args([*who, *as_options(trial.values(subject), folder)])
    with nothing_written():
        assert args.call(args) == 1
    assert WORDS in capsys.readouterr().err
