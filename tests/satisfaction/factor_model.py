"""Data whose sample covariance is exactly that of a factor model, and what follows from it on paper.

Three factors: A and B with correlation R, C = P·A + Q·B + rest. Items are x = mean + deviation · (λ·factor +
error), so every result has a closed form.
"""

import numpy as np

from satisfaction.answers.table import answers_from
from satisfaction.questionnaire.parse import model_from

LAMBDA = {"A": (0.9, 0.8, 0.7), "B": (0.85, 0.6), "C": (0.75, 0.65, 0.95, 0.5)}
ITEMS = {name: [f"{name}{place}" for place in range(len(loadings))] for name, loadings in LAMBDA.items()}
R, P, Q = 0.4, 0.5, 0.3
MEANS = {"A": (50.0, 55.0, 60.0), "B": (40.0, 45.0), "C": (52.0, 58.0, 61.0, 49.0)}
DEVIATIONS = {"A": (2.0, 3.0, 1.5), "B": (1.0, 4.0), "C": (2.5, 1.2, 3.3, 2.0)}
MODEL = model_from({"scale": [0, 100], "constructs": ITEMS, "paths": {"C": ["A", "B"]}, "target": "C"})
N = 60


def factor_correlations():
    a_c, b_c = P + Q * R, Q + P * R
    return np.array([[1.0, R, a_c], [R, 1.0, b_c], [a_c, b_c, 1.0]])


def true_r2():
    return P * (P + Q * R) + Q * (Q + P * R)


def item_correlations():
    loadings = np.zeros((9, 3))
    start = 0
    for column, values in enumerate(LAMBDA.values()):
        loadings[start : start + len(values), column] = values
        start += len(values)
    matrix = loadings @ factor_correlations() @ loadings.T
    np.fill_diagonal(matrix, 1.0)
    return matrix


def exact_answers():
    """Random numbers made exactly uncorrelated, then given the wanted covariance."""
    noise = np.random.default_rng(7).normal(size=(N, 9))
    basis, _ = np.linalg.qr(noise - noise.mean(axis=0))
    standard = basis * np.sqrt(N - 1) @ np.linalg.cholesky(item_correlations()).T
    mean = np.concatenate([MEANS[name] for name in LAMBDA])
    deviation = np.concatenate([DEVIATIONS[name] for name in LAMBDA])
    return answers_from(model=MODEL, items=MODEL.items, values=mean + deviation * standard)


def composite_reliability(loadings):
    """Squared correlation of a factor with the composite weighted by its own loadings."""
    square = sum(value**2 for value in loadings) ** 2
    return square / (square + sum(value**2 * (1 - value**2) for value in loadings))
