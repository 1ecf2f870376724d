"""A verdict is chosen: two answers or a list, and nothing is chosen beforehand."""

import json
from datetime import date

import pytest
from django import forms
from tests.factories import contracts as make
from tests.factories.doors import browser_of

from keqiao.accounts.models import Role
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Feasibility, NoticeKind
from keqiao.faces.forms import field_of, form_of
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.steps.operation import get, operations
from keqiao.kernel.steps.params import ParamKind

pytestmark = pytest.mark.django_db
PRESET_MAY_STAND = {ParamKind.FLAG, ParamKind.CHOICE}


@pytest.fixture
def case(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    return make.engagement(state=Stage.REVIEWED, consultant=make.staff(Role.CONSULTANT))


def form(name, subject=None, **more):
    return form_of(get(name), actor=SYSTEM, subject=subject, **more)


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("decide_feasibility", "feasible"),
        ("finish_review", "site_visit_needed"),
        ("engage_partner", "undertaking"),
        ("create_holiday", "is_working"),
    ],
)
def test_yes_or_no_are_two_answers_and_none_is_chosen(step, name, case):
    bound = form(step, None if get(step).creates else case)[name]
    assert [answer for answer, _label in bound.field.choices] == ["True", "False"]
    assert (bound.field.required, bound.initial, type(bound.field.widget)) == (True, None, forms.RadioSelect)


def test_no_choice_that_must_be_made_is_made_by_its_place_in_the_list():
    """Of every step: what is chosen before anybody chose is a value that the step itself presets."""
    first = []
    for op in operations():
        for param in op.params:
            if not op.exposed or not param.required or param.of not in PRESET_MAY_STAND:
                continue
            field = field_of(param, actor=SYSTEM, subject=None)
            if not isinstance(field.widget, forms.RadioSelect) and next(iter(field.choices))[0] != "":
                first.append((op.name, param.name))
    assert first == []


def test_what_nobody_chose_is_refused_beside_its_field(case):
    answer = browser_of(case.consultant).post(
        f"/engagements/{case.pk}/do/decide_feasibility/", {"grounds": "条件具备", "version": case.version}
    )
    assert list(answer.context["form"].errors) == ["feasible"]
    assert Feasibility.objects.count() == 0


@pytest.mark.parametrize(("said", "kept"), [("True", True), ("False", False)])
def test_either_answer_is_kept(case, said, kept):
    browser_of(case.consultant).post(
        f"/engagements/{case.pk}/do/decide_feasibility/",
        {"grounds": "条件具备", "feasible": said, "version": case.version},
    )
    assert Feasibility.objects.get().feasible is kept


def test_a_program_says_it_too(case):
    api = browser_of(case.consultant)
    address = f"/api/v1/engagements/{case.pk}/decide-feasibility/"
    answers = [
        api.post(
            address, json.dumps({"grounds": "条件具备", **said}), content_type="application/json"
        ).status_code
        for said in ({}, {"feasible": False})
    ]
    assert answers[0] == 422
    assert [row.feasible for row in Feasibility.objects.all()] == [False]


def test_the_end_of_a_contract_is_what_the_acceptance_promised(case):
    for day in (date(2027, 1, 31), date(2027, 2, 28)):
        case.notices.create(kind=NoticeKind.ACCEPTANCE, number=f"SL-{day}", time_limit=day)
    case.state = Stage.ACCEPTED
    assert form("draft_contract", case)["ends_on"].initial == date(2027, 2, 28)
