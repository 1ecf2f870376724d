from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context
from django.test import RequestFactory
from django.utils import translation
from django_filters.fields import DateRangeField

from keqiao.engagement.contracting.states import ContractState
from keqiao.engagement.models import Contract, StageLimit
from keqiao.faces.columns import tone_of
from keqiao.faces.templatetags import keqiao, keqiao_forms
from keqiao.kernel.steps.states import Tone


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("1234.5"), "1,234.50"),
        (0, "0.00"),
        ("1000000", "1,000,000.00"),
        (Decimal("-0.005"), "-0.01"),
        (Decimal("2.675"), "2.68"),  # half up, as on an invoice
        (None, "—"),
    ],
)
def test_money(amount, expected):
    assert keqiao.money(amount) == expected


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "12.35 万"), ("en", "123,450.00")])
def test_money_in_ten_thousands(language, expected):
    with translation.override(language):
        assert keqiao.money(Decimal(123450), "wan") == expected


def test_days_are_those_of_the_site():
    late_in_london = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert keqiao.day(late_in_london) == "2026-11-22"
    assert keqiao.moment(late_in_london) == "2026-11-22 00:30"
    assert keqiao.day(date(2026, 1, 5)) == "2026-01-05"
    assert keqiao.day(None) == "—"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 22), '<time datetime="2026-11-22">2026-11-22</time>'),
        (
            datetime(2026, 11, 22, 1, 31, tzinfo=UTC),
            '<time datetime="2026-11-22T09:31:00+08:00">2026-11-22 09:31</time>',
        ),
        (Decimal("1234.5"), "1,234.50"),
        (True, "yes"),
        ("", "—"),
        (None, "—"),
        (0, 0),
        ("text", "text"),
    ],
)
def test_cell(value, expected):
    with translation.override("en"):
        assert keqiao.cell(value) == expected


def test_a_state_is_drawn_in_the_tone_of_its_table():
    waiting = Contract(state=ContractState.IN_APPROVAL)
    assert tone_of(waiting, "state") == "due"
    assert tone_of(waiting, "number") == ""
    badge = '<span class="kq-state kq-due"><svg class="kq-icon" aria-hidden="true" focusable="false">'
    with translation.override("en"):
        assert str(keqiao.cell("In approval", tone_of(waiting, "state"))).startswith(badge)
        assert str(keqiao.state_of(waiting)).startswith(badge)
        assert "<span>In approval</span>" in str(keqiao.state_of(waiting))


def test_a_stage_named_by_a_time_limit_is_no_state_of_it():
    assert tone_of(StageLimit(state="draft"), "state") == ""


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_a_shape_of_its_own(tone):
    assert [shape for shape in keqiao.TONES.values() if shape == keqiao.TONES[tone]] == [keqiao.TONES[tone]]


def test_badge_escapes_its_words():
    assert "<span>&lt;b&gt;</span>" in keqiao.state_badge("<b>", "late")


def test_icon_alone_says_what_it_is():
    assert 'aria-hidden="true"' in keqiao.icon("check")
    assert 'role="img" aria-label="Present"' in keqiao.icon("check", "Present")


def test_querystring_keeps_replaces_and_drops():
    context = Context({"request": RequestFactory().get("/?a=1&a=2&page=3&q=")})
    assert keqiao.querystring_with(context, "sort", "-due", "page", None) == "?a=1&a=2&sort=-due"
    assert keqiao.querystring_with(Context({}), "page", 2) == "?page=2"


class Odd(forms.Form):
    number = forms.IntegerField()
    text = forms.CharField(widget=forms.Textarea)
    tall = forms.CharField(widget=forms.Textarea(attrs={"rows": 9}))
    at = forms.DateTimeField()
    many = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    both = DateRangeField(label="Due")


@pytest.mark.parametrize(
    ("name", "bit"),
    [
        ("number", 'type="text" name="number" inputmode="numeric" class="form-control kq-number"'),
        ("text", 'rows="4"'),
        ("tall", 'rows="9"'),
        ("at", 'type="datetime-local"'),
        ("both", 'type="date" name="both_after" aria-label="Due from"'),
    ],
)
def test_control(name, bit):
    with translation.override("en"):
        assert bit in keqiao_forms.control(Odd()[name])


@pytest.mark.parametrize(
    ("name", "kind", "wide"),
    [("number", "line", False), ("text", "line", True), ("many", "choices", False), ("both", "range", False)],
)
def test_kind_of_field(name, kind, wide):
    assert (keqiao_forms.kind_of(Odd()[name]), keqiao_forms.is_wide(Odd()[name])) == (kind, wide)
