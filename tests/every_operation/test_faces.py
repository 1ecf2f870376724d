"""Each step taken by hand is reachable as a page, as an endpoint and as a command, by those who may and by no one else.

All three ask the same two questions of the kernel, put to everyone in test_rights.py; here one person of each kind
comes to each door.
"""

import argparse
import json

import pytest
from django.urls import reverse
from tests.discovered import load_examples
from tests.every_operation.example import example_of
from tests.every_operation.sending import as_json, as_options
from tests.every_operation.trying import entries_since, everything, last_entry, only

from keqiao.accounts.models import User
from keqiao.faces.cli import run as command
from keqiao.faces.resource import resource_of
from keqiao.kernel.steps.operation import operations

ON_THE_PAGE = "请在请求头 Confirmation-Code 中附上第二因素的新验证码，或到页面上办理。"
exposed = only(lambda op: op.exposed)


def test_only_those_are_not_by_hand_that_have_a_reason():
    load_examples()
    silent = {op.name for op in operations() if not op.exposed and not example_of(op.name).not_exposed}
    assert silent == set()


@pytest.fixture
def opened(trial):
    """What the page and the endpoint stand on: a resource of the operation's model."""
    resource = resource_of(trial.op.model)
    assert resource is not None, (
        f"{trial.op.model.__name__} has no resource, so nobody can reach {trial.name}"
    )
    return resource


@pytest.fixture
def visit(world):
    return world.visit


def page(trial, resource, subject):
    if subject is None:
        return reverse(f"{resource.slug}-create", args=[trial.name])
    return reverse(f"{resource.slug}-do", args=[subject.pk, trial.name])


def endpoint(trial, resource, subject):
    pk = "" if subject is None else f"{subject.pk}/"
    return f"/api/v1/{resource.slug}/{pk}{trial.name.replace('_', '-')}/"


@exposed
def test_page_opens_to_who_may(trial, name, opened, visit):
    answer = visit(trial.example.by).get(page(trial, opened, trial.subject()))
    assert answer.status_code == 200
    html = answer.content.decode()
    later = {p.name for p in trial.op.params} - {p.prompt.depends_on for p in trial.op.params}
    asked_first = any(p.prompt.depends_on for p in trial.op.params)
    assert all((f'name="{p.name}' in html) != (asked_first and p.name in later) for p in trial.op.params)


@exposed
def test_page_is_absent_for_everyone_else(trial, name, opened, visit):
    address = page(trial, opened, trial.subject())
    opens_to = trial.example.form_opens_to or trial.example.allowed
    strangers = trial.one_of_each_kind([key for key in trial.example.wrong if key not in opens_to])
    found = {key: visit(key).get(address).status_code for key in strangers}
    assert found == {key: 302 if key == "visitor" else 404 for key in found}


@exposed
def test_endpoint_takes_the_step(trial, name, opened, visit):
    subject, last = trial.subject(), last_entry()
    body = json.dumps({key: as_json(value) for key, value in trial.values(subject).items()})
    answer = visit(trial.example.by).post(
        endpoint(trial, opened, subject), body, content_type="application/json"
    )
    if trial.op.confirm:  # asks who is there: a programme can't say, and is sent to the page
        assert (answer.status_code, answer.json()["remedy"]) == (403, ON_THE_PAGE)
        assert entries_since(last) == []
        return
    assert answer.status_code == 200, answer.content.decode()
    assert name in [one.operation for one in entries_since(last)]


@exposed
def test_endpoint_refuses_everyone_else_and_stray_fields(trial, name, opened, visit):
    subject = trial.subject()
    address, values = (
        endpoint(trial, opened, subject),
        {k: as_json(v) for k, v in trial.values(subject).items()},
    )
    before = everything(subject)[1]
    for key in trial.one_of_each_kind(trial.example.wrong):
        answer = visit(key).post(address, json.dumps(values), content_type="application/json")
        refused = (
            {401} if key == "visitor" else {403, 404, 422} if key in trial.example.invalid_to else {403, 404}
        )
        # What someone may ask for, but not of objects closed to them, the form refuses by name.
        opens_to = trial.example.form_opens_to or frozenset()
        assert answer.status_code in (refused | {422} if key in opens_to else refused), key
    stray = visit(trial.example.by).post(
        address, json.dumps({**values, "stray": 1}), content_type="application/json"
    )
    assert stray.status_code == 422
    assert everything(subject)[1] == before


@pytest.fixture(scope="module")
def parser():
    made = argparse.ArgumentParser(prog="keqiao")
    command.add_parser(made.add_subparsers(), lambda username: User.objects.get(username=username))
    return made


@exposed
def test_command_takes_the_step(trial, name, parser, tmp_path, at_the_terminal):
    subject, last, actor = trial.subject(), last_entry(), trial.actor()
    about = [] if subject is None else [str(subject.pk)]
    line = [
        "run",
        "--as",
        actor.username,
        name.replace("_", "-"),
        *about,
        *as_options(trial.values(subject), tmp_path),
    ]
    args = parser.parse_args(line)
    assert args.operation == name
    assert args.call(args) == 0
    assert name in [one.operation for one in entries_since(last)]


@exposed
def test_command_refuses_everyone_else(trial, name, parser, tmp_path, capsys):
    subject = trial.subject()
    about = [] if subject is None else [str(subject.pk)]
    options = as_options(trial.values(subject), tmp_path)
    wrong = [key for key in trial.example.wrong if key != "visitor"]
    for key in trial.one_of_each_kind(wrong):
        args = parser.parse_args(
            ["run", "--as", trial.actor(key).username, name.replace("_", "-"), *about, *options]
        )
        assert args.call(args) == 1, key
        assert capsys.readouterr().err.strip(), key


@exposed
def test_document_of_the_api_names_it(trial, name, opened, document):
    assert name in document


@pytest.fixture(scope="module")
def document():
    from keqiao.config.urls import api

    paths = api.get_openapi_schema()["paths"]
    return {verb["operationId"] for path in paths.values() for verb in path.values()}
