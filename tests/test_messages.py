"""Every text that a person may see has its Chinese, and no translation is left over."""

import messages
import pytest
from django.utils import translation
from message_ids import of_python, of_template

pytestmark = pytest.mark.once


@pytest.mark.parametrize("app", messages.apps())
def test_every_text_has_its_chinese(app):
    assert [f"{message.where}: {message.text}" for message in messages.untranslated(app)] == []


def test_no_entry_is_left_over_doubled_or_at_odds_with_its_text():
    found = [problem for problem in messages.problems() if "no Chinese for" not in problem]
    assert found == []


def test_the_compiled_catalogue_is_the_one_django_loads():
    with translation.override("zh-hans"):
        assert translation.gettext("Sign in") == "登录"
    with translation.override("en"):
        assert translation.gettext("Sign in") == "Sign in"


def test_texts_are_found_in_python_under_any_name():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext as in_context
_("one")
ngettext("%d row", "%d rows", n)
in_context("month", "May")
_(variable)
other("not a message")
"""
    assert [tuple(found) for found in of_python(source, "a.py")] == [
        (None, "one", None, "a.py:3"),
        (None, "%d row", "%d rows", "a.py:4"),
        ("month", "May", None, "a.py:5"),
    ]


def test_texts_are_found_in_templates():
    source = """{% load i18n %}{% translate "one" %}
{% blocktranslate with n=rows %}{{ n }} rows{% endblocktranslate %}
{% include "x.html" with title=_("two") %}{{ _("three") }}"""
    assert [(found.text, found.where) for found in of_template(source, "a.html")] == [
        ("one", "a.html:1"),
        ("%(n)s rows", "a.html:2"),
        ("two", "a.html:3"),
        ("three", "a.html:3"),
    ]
