"""Whether the answers look as if they were given on a shorter scale than the model says."""

from collections.abc import Iterator

import numpy as np

from satisfaction.answers.table import Answers, blocks
from satisfaction.problems import Problem, listed, problem
from satisfaction.questionnaire.model import Model, Scale

UPPER = 2 / 3  # of all items of a scale: five and seven points lie below this part of one to ten (convention)
MIDDLE = 1 / 2  # of a single item, which people may also just dislike
MANY = 30  # answers from which a single item is judged


def unused_upper_parts(model: Model, answers: Answers) -> Iterator[Problem]:
    """A warning for each scale whose upper third nobody used, else for items nobody rated above the middle."""
    highest = np.max([rows.max(axis=0) for rows in blocks(answers.values)], axis=0)
    scales: dict[Scale, list[int]] = {}
    for place, item in enumerate(answers.items):
        scales.setdefault(model.scale_of(item), []).append(place)
    for scale, places in scales.items():
        if highest[places].max() <= _at(scale, UPPER):
            unused = places
        else:
            judged = places if answers.n >= MANY else []
            unused = [place for place in judged if highest[place] <= _at(scale, MIDDLE)]
        if unused:
            yield problem(
                "upper-part-unused",
                items=listed([answers.items[place] for place in unused]),
                highest=f"{highest[unused].max():g}",
                low=f"{scale.low:g}",
                high=f"{scale.high:g}",
            )


def _at(scale: Scale, share: float) -> float:
    return scale.low + share * (scale.high - scale.low)
