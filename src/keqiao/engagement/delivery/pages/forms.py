"""Forms of the pages behind links: ten-point rows, choices, texts. They validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.engagement.delivery.models.delivery import ComplaintKind
from keqiao.engagement.delivery.operations.survey import Score
from keqiao.engagement.delivery.surveys.satisfaction import Item
from keqiao.engagement.delivery.surveys.satisfaction import Questionnaire as Asked
from keqiao.engagement.preparation.models.investigation import Question, QuestionKind
from keqiao.engagement.preparation.operations.questionnaire import HIGHEST, LOWEST, choices_of

POINTS = [(str(n), str(n)) for n in range(LOWEST, HIGHEST + 1)]
CHOOSE = {
    "required": _("Please choose an answer."),
    "invalid_choice": _("Please choose one of the answers offered."),
}


class PointsField(forms.ChoiceField):
    """One row of ten points; `low` and `high` say what its ends mean."""

    is_points = True

    def __init__(self, *, low: str = "", high: str = "", skip: bool = False, **kwargs: Any) -> None:
        choices = [*POINTS, ("", _("Can't judge"))] if skip else POINTS
        super().__init__(choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE, **kwargs)
        self.low, self.high = low, high


class QuestionnaireForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for question in questions:
            self.fields[str(question.position)] = question_field(question)

    def answers(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items()}


def question_field(question: Question) -> forms.Field:
    label = f"{question.position}. {question.text}"
    if question.kind == QuestionKind.SCALE:
        return PointsField(label=label)
    if question.kind == QuestionKind.CHOICE:
        offered = [(choice, choice) for choice in choices_of(question.choices)]
        return forms.ChoiceField(
            label=label, choices=offered, widget=forms.RadioSelect, error_messages=CHOOSE
        )
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SurveyForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *, asked: Asked, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        chinese = (get_language() or "").startswith("zh")
        for number, item in enumerate(asked.items, start=1):
            self.fields[item.code] = item_field(number, item, chinese=chinese)
        question = asked.open_question
        self.fields["comment"] = forms.CharField(
            label=question.text if chinese else question.text_en,
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["concern"] = forms.ChoiceField(
            label=_("Shall we handle this as a complaint or suggestion?"),
            choices=[("", _("No, just a comment")), *ComplaintKind.choices],
            required=False,
            widget=forms.RadioSelect,
        )
        self.items = [item.code for item in asked.items]

    def scores(self) -> list[Score]:
        return [Score(code, int(self.cleaned_data[code])) for code in self.items if self.cleaned_data[code]]

    def concern(self) -> ComplaintKind | None:
        return ComplaintKind(self.cleaned_data["concern"]) if self.cleaned_data["concern"] else None


def item_field(number: int, item: Item, *, chinese: bool) -> PointsField:
    text, low, high = (
        (item.text, item.low, item.high) if chinese else (item.text_en, item.low_en, item.high_en)
    )
    return PointsField(label=f"{number}. {text}", low=low, high=high, skip=True, required=False)
