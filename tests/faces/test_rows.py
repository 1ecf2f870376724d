"""Tables inside forms: as many rows as are wanted, with scripts and without."""

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Annotated

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from tests.factories.world import build, signed_in

from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement, Question, Questionnaire
from keqiao.faces.rows import MOST, RowsField, asks_for_more, with_more
from keqiao.faces.values import body_of, values_from_json
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.steps.operation import get
from keqiao.kernel.steps.params import Prompt, Upload, params_of

FIVE = ["人员", "资金", "设备", "场地", "知识产权"]


class Sample(forms.Form):
    title = forms.CharField()
    people = RowsField(
        row=dict,
        columns={"name": forms.CharField(label="Name"), "age": forms.IntegerField()},
        least=0,
        required=False,
    )


def sample(query):
    return Sample(QueryDict(query))


def names(form):
    return re.findall(r'name="people-(\d+)-name"', str(form["people"]))


def test_three_empty_rows_are_offered_and_one_below_the_filled():
    assert names(Sample()) == ["0", "1", "2"]
    assert names(sample("people-0-name=a&people-1-name=b")) == ["0", "1", "2"]


def test_the_row_that_a_script_adds_is_laid_beside_the_table_and_sends_nothing():
    drawn = str(Sample()["people"])
    assert re.findall(r'name="(people-__next__-\w+)"', drawn) == [
        "people-__next__-name",
        "people-__next__-age",
    ]
    assert 'aria-label="Name __next__"' in drawn
    assert sample("title=x&people-__next__-name=a").is_valid()


def test_asking_for_more_rows_judges_nothing_and_loses_nothing():
    form = sample("more_rows=people&people-0-name=a&people-0-age=old&people-2-name=c")
    assert asks_for_more(form)
    more = with_more(form)
    assert (more.errors, names(more)) == ({}, ["0", "1", "2", "3", "4"])
    assert re.findall(r'value="(\w+)"', str(more["people"]).split("<template")[0]) == ["a", "old", "c"]


@pytest.mark.parametrize("asked", ["", "title", "nobody"])
def test_only_a_table_gives_more_rows(asked):
    assert not asks_for_more(sample(f"more_rows={asked}"))


def test_too_many_rows_are_refused_rather_than_cut_off():
    cells = "&".join(f"people-{n}-name=a&people-{n}-age=1" for n in range(MOST + 1))
    assert sample(f"title=x&{cells}").errors["people"] == ["一次最多 100 行。"]


@pytest.mark.django_db
def test_without_scripts_the_button_gives_more_rows_and_takes_no_step():
    world = build(stages=(Stage.INVESTIGATING,), parts=False)
    one = world.of(Engagement, Stage.INVESTIGATING)
    client = signed_in(world.person("consultant"))
    path = f"/engagements/{one.pk}/do/build_questionnaire/"
    cells = {f"questions-{n}-text": text for n, text in enumerate(FIVE[:3])}
    page = client.post(path, {"title": "", "more_rows": "questions", **cells})
    assert (page.status_code, Questionnaire.objects.count()) == (200, 0)
    drawn = page.content.decode()
    assert re.findall(r'name="questions-(\d+)-text"', drawn) == ["0", "1", "2", "3", "4", "5"]
    assert [text for text in FIVE if f'value="{text}"' in drawn] == FIVE[:3]
    assert "kq-errors" not in drawn


@pytest.mark.browser
def test_five_questions_are_asked_by_adding_rows(site_at, sitting):
    world = site_at(Stage.INVESTIGATING)
    one = world.of(Engagement, Stage.INVESTIGATING)
    page = sitting(world.visit("consultant"))
    page.goto(f"/engagements/{one.pk}/do/build_questionnaire/")
    page.fill("input[name=title]", "示例问卷")
    for number, text in enumerate(FIVE):
        if number >= 3:
            page.click("[data-add-row]")
            focused = "[document.activeElement.name, document.activeElement.ariaLabel]"
            assert page.evaluate(focused) == [f"questions-{number}-text", f"问题 {number + 1}"]
        page.fill(f"[name=questions-{number}-text]", text)
        page.select_option(f"[name=questions-{number}-kind]", "text")
    page.press("[name=questions-4-text]", "Enter")  # saves; it presses no other button
    page.wait_for_url(lambda url: "/do/" not in url)
    asked = Question.objects.order_by("position").values_list("position", "text")
    assert list(asked) == list(enumerate(FIVE, start=1))


@pytest.mark.browser
def test_no_more_rows_than_the_server_takes(site_at, sitting):
    world = site_at(Stage.INVESTIGATING)
    one = world.of(Engagement, Stage.INVESTIGATING)
    page = sitting(world.visit("consultant"))
    page.goto(f"/engagements/{one.pk}/do/build_questionnaire/")
    page.evaluate("for (let i = 0; i < 200; i++) document.querySelector('[data-add-row]').click()")
    assert page.locator("[data-rows] tbody tr").count() == MOST
    assert page.locator("[data-add-row]").is_disabled()


class Evidence(forms.Form):
    proofs = RowsField(
        row=dict, columns={"file": forms.FileField(), "note": forms.CharField(required=False)}, least=1
    )


def test_a_row_may_be_nothing_but_a_file():
    form = Evidence(QueryDict(""), MultiValueDict({"proofs-0-file": [SimpleUploadedFile("a.txt", b"one")]}))
    assert form.is_multipart()
    assert [row["file"].name for row in form.fields["proofs"].clean(form["proofs"].data)] == ["a.txt"]


@dataclass(frozen=True)
class Proof:
    note: Annotated[str, Prompt(label="Note")]
    file: Annotated[Upload | None, Prompt(label="File")] = None


def add_proofs(*, actor, proofs: Annotated[list[Proof], Prompt(label="Proofs", min_rows=1)]): ...


@pytest.mark.django_db
def test_a_file_in_a_row_comes_from_a_program_too():
    op = replace(get("create_tag"), params=params_of(add_proofs, without=frozenset({"actor"})))
    sent = {"name": "a.txt", "content": b64encode(b"one").decode()}
    body = body_of(op)(proofs=[{"note": "x", "file": sent}, {"note": "y"}])
    rows = values_from_json(op, body, actor=SYSTEM, subject=None)["proofs"]
    assert [(row.note, row.file and row.file.read()) for row in rows] == [("x", b"one"), ("y", None)]
