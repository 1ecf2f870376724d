"""Does a construct measure one thing, and another thing than its neighbours?"""

import numpy as np

from satisfaction.arrays import FloatArray
from satisfaction.pls.layout import Layout


def ave(loadings: FloatArray, layout: Layout) -> FloatArray:
    """Average variance extracted: the mean squared loading (Fornell & Larcker 1981, eq. 10)."""
    return loadings**2 @ layout.member / layout.sizes


def fornell_larcker(extracted: FloatArray, correlations: FloatArray) -> FloatArray:
    """Construct correlations with √AVE on the diagonal, which should be the largest of its row and column.

    Fornell & Larcker (1981) compare AVE with squared correlations; taking roots of both is the usual table.
    """
    table = correlations.copy()
    np.fill_diagonal(table, np.sqrt(extracted))
    return table


def htmt(item_correlations: FloatArray, layout: Layout) -> FloatArray:
    """Heterotrait–monotrait ratio, [construct, construct] (Henseler, Ringle & Sarstedt 2015, eq. 6).

    Mean correlation between the items of two constructs, over the geometric mean of those within them.
    Absolute correlations are taken (HTMT+, Ringle et al. 2023), so items asked the other way round do not
    cancel. Convention: a single item agrees with itself by 1.
    """
    sums = layout.member.T @ np.abs(item_correlations) @ layout.member
    between = sums / np.outer(layout.sizes, layout.sizes)
    pairs = layout.sizes * (layout.sizes - 1)
    within = np.divide(np.diagonal(sums) - layout.sizes, pairs, out=np.ones_like(pairs), where=pairs > 0)
    with np.errstate(divide="ignore", invalid="ignore"):  # items that share nothing have no ratio
        ratio: FloatArray = between / np.sqrt(np.maximum(np.outer(within, within), 0.0))
    np.fill_diagonal(ratio, 1.0)
    return ratio


def item_vif(item_correlations: FloatArray, layout: Layout) -> FloatArray:
    """Variance inflation of each item by the others of its construct (Marquardt 1970).

    1 / (1 − R²) is the diagonal of the inverse correlation matrix of the block; 1 for a single item.
    """
    vif = np.ones(len(layout.items))
    for block in layout.blocks:
        vif[block] = np.diagonal(np.linalg.inv(item_correlations[np.ix_(block, block)]))
    return vif


def adjusted_r2(r2: FloatArray, n: int, layout: Layout) -> FloatArray:
    """1 − (1 − R²)(n − 1)/(n − k − 1) for k causes (Ezekiel 1930)."""
    causes = layout.arrow.sum(axis=0)
    return np.where(causes > 0, 1.0 - (1.0 - r2) * (n - 1) / (n - causes - 1), 0.0)
