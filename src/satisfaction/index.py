"""The index of a construct: where its mean lies between the worst (0) and the best (100) answer."""

from enum import StrEnum

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.moments import Moments
from satisfaction.pls.layout import Layout


class IndexWeights(StrEnum):
    """How the items of a construct are weighted. The choice is a convention and moves the index a little."""

    UNSTANDARDISED = "unstandardised"  # outer weight ÷ item deviation (Fornell et al. 1996): the default
    STANDARDISED = "standardised"  # outer weight as it is
    EQUAL = "equal"  # the plain mean; needs no model


@np.errstate(divide="ignore", invalid="ignore")
def item_shares(
    *, weights: FloatArray, deviation: FloatArray, layout: Layout, convention: IndexWeights
) -> FloatArray:
    """Share of each item in its construct's index, [sample, item]; the shares of a block add up to 1.

    Items are first brought to 0…1 by their own scale, so that items with different scales can be added;
    with one scale for all this is wᵢ = outer weight ÷ item deviation, normalised to Σw = 1 (Fornell et al.
    1996, p. 16).
    """
    if convention is IndexWeights.EQUAL:
        raw = np.ones_like(weights)
    elif convention is IndexWeights.STANDARDISED:
        raw = weights
    else:
        raw = weights * layout.span / deviation
    shares: FloatArray = raw / (raw @ layout.member)[..., layout.home]
    return shares


def index_values(mean: FloatArray, shares: FloatArray, layout: Layout) -> FloatArray:
    """Index of each construct: 100 · Σ wᵢ (x̄ᵢ − loᵢ)/(hiᵢ − loᵢ) (Fornell et al. 1996)."""
    unit = (mean - layout.low) / layout.span
    index: FloatArray = 100.0 * ((shares * unit) @ layout.member)
    return index


def index_error(moments: Moments, shares: FloatArray, layout: Layout) -> FloatArray:
    """Standard error of each index with its weights held fixed: 100 · √(w′Σw / n), of one sample."""
    weight = (shares / layout.span)[:, None] * layout.member
    variance = np.einsum("ik,ij,jk->k", weight, moments.covariance, weight)
    error: FloatArray = 100.0 * np.sqrt(np.maximum(variance, 0.0) / moments.n)
    return error
