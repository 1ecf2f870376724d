"""Shared by all: the public data set, its models and its published results."""

import json
from pathlib import Path

import pytest

from satisfaction.answers.csv_file import read_answers
from satisfaction.questionnaire.parse import read_model

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def published():
    return json.loads((DATA / "mobi_expected.json").read_text())


@pytest.fixture(scope="session")
def full_model():
    return read_model(DATA / "mobi.yaml")


@pytest.fixture(scope="session")
def small_model():
    return read_model(DATA / "mobi4.yaml")


@pytest.fixture(scope="session")
def full_answers(full_model):
    return read_answers(DATA / "mobi.csv", full_model)


@pytest.fixture(scope="session")
def small_answers(small_model):
    return read_answers(DATA / "mobi.csv", small_model)
