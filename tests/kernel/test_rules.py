"""Rules say yes or no, and of several the one that stands in the way says why."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import NotAllowed
from keqiao.kernel.platform.policy import Rule


class Anyone:
    kind = "staff"


def rule(answer, reason):
    return Rule(lambda _actor, _subject: answer, reason)


YES, NO = rule(True, "yes"), rule(False, "no")
NEVER = rule(False, "never")


@pytest.mark.parametrize(
    ("whole", "reason"),
    [
        (NO & YES, "no"),
        (YES & NO, "no"),
        (YES & (YES & NEVER), "never"),
        (NO & NEVER, "no"),
        (NO | NEVER, "no / never"),
        (~YES, "yes"),
        (YES & (NO | NEVER), "no / never"),
    ],
)
def test_what_fails_says_why(whole, reason):
    assert whole(Anyone(), None) is False
    assert str(whole.reason_for(Anyone(), None)) == reason
    with pytest.raises(NotAllowed) as refused:
        whole.require(Anyone(), None, clause="6.2")
    assert (str(refused.value.message), refused.value.clause) == (reason, "6.2")
    whole.require(SYSTEM)


@pytest.mark.parametrize("whole", [YES & YES, YES | NO, ~NO])
def test_what_holds_lets_pass(whole):
    whole.require(Anyone())
    assert whole(Anyone(), None) is True


def test_reasons_joined_are_read_in_the_language_of_the_reader():
    joined = (rule(False, _("This is in use.")) | rule(False, _("This is retired already."))).reason
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said[language] = str(joined)
    assert said == {
        "en": "This is in use. / This is retired already.",
        "zh-hans": "使用中，无需恢复。 / 已停用。",
    }
