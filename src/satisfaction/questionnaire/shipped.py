"""The model and questionnaire that come with the package, for service institutions."""

from functools import cache

from satisfaction.questionnaire.model import Model
from satisfaction.questionnaire.parse import model_from_text
from satisfaction.texts import DEFAULT_LANGUAGE, data_file, data_text


@cache
def default_model() -> Model:
    return model_from_text(data_text("default_model.yaml"))


def label_of(model: Model, construct: str, language: str = DEFAULT_LANGUAGE) -> str:
    """What readers call a construct: the model's label, else the usual Chinese word, else the name itself."""
    usual = data_file("usual_labels.yaml") if language == DEFAULT_LANGUAGE else {}
    label: str = model.labels.get(construct) or usual.get(construct, construct)
    return label
