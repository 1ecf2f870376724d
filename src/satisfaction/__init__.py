"""Satisfaction measurement after GB/T 19038: index, path model, reliability, validity, strategy matrix."""

from satisfaction.analyse import analyse
from satisfaction.analysis import Analysis, smallest_sample
from satisfaction.answers.csv_file import read_answers
from satisfaction.answers.missing import Missing
from satisfaction.answers.table import Answers, answers_from
from satisfaction.document import document
from satisfaction.index import IndexWeights
from satisfaction.options import Options
from satisfaction.pls.schemes import Scheme
from satisfaction.pls.weights import Iteration
from satisfaction.problems import Problem, SatisfactionError
from satisfaction.questionnaire.model import Mode, Model, Scale
from satisfaction.questionnaire.parse import model_from, read_model
from satisfaction.questionnaire.questions import Question
from satisfaction.questionnaire.shipped import Questionnaire, default_model, questionnaire
from satisfaction.report.page import report
from satisfaction.report.summary import Summary, summarise
from satisfaction.resample.intervals import IntervalKind
from satisfaction.sampling import SamplePlan, plan_sample

__all__ = [
    "Analysis",
    "Answers",
    "IndexWeights",
    "IntervalKind",
    "Iteration",
    "Missing",
    "Mode",
    "Model",
    "Options",
    "Problem",
    "Question",
    "Questionnaire",
    "SamplePlan",
    "SatisfactionError",
    "Scale",
    "Scheme",
    "Summary",
    "analyse",
    "answers_from",
    "default_model",
    "document",
    "model_from",
    "plan_sample",
    "questionnaire",
    "read_answers",
    "read_model",
    "report",
    "smallest_sample",
    "summarise",
]
