"""Weights are found up to a sign for each construct; this fixes it."""

import numpy as np

from satisfaction.arrays import FloatArray


def majority_signs(loadings: FloatArray) -> FloatArray:
    """+1 or −1 for each sample and construct, so that most of its loadings become positive.

    Loadings are [sample, item, construct], zero outside the block. Convention: a tie goes by the sum of the
    loadings, and stays as it is where that is zero too.
    """
    votes = np.sign(loadings).sum(axis=1)
    votes = np.where(votes == 0, loadings.sum(axis=1), votes)
    return np.where(votes < 0, -1.0, 1.0)
