"""Every figure about the quality of a measurement, together."""

from dataclasses import dataclass

from satisfaction.arrays import FloatArray
from satisfaction.moments import Moments
from satisfaction.pls.estimate import Estimates
from satisfaction.pls.layout import Layout
from satisfaction.quality.reliability import alpha, rho_c
from satisfaction.quality.validity import adjusted_r2, ave, fornell_larcker, htmt, item_vif


@dataclass(frozen=True, eq=False)
class Quality:
    """By construct, by pair of constructs, or (vif) by item."""

    alpha: FloatArray
    alpha_raw: FloatArray
    rho_a: FloatArray
    rho_c: FloatArray
    ave: FloatArray
    fornell_larcker: FloatArray
    htmt: FloatArray
    vif: FloatArray
    adjusted_r2: FloatArray


def assess(moments: Moments, estimates: Estimates, layout: Layout) -> Quality:
    correlation = moments.correlation()
    loadings = estimates.loadings[0]
    extracted = ave(loadings, layout)
    return Quality(
        alpha=alpha(correlation, layout),
        alpha_raw=alpha(moments.covariance, layout),
        rho_a=estimates.rho_a[0],
        rho_c=rho_c(loadings, layout),
        ave=extracted,
        fornell_larcker=fornell_larcker(extracted, estimates.correlations[0]),
        htmt=htmt(correlation, layout),
        vif=item_vif(correlation, layout),
        adjusted_r2=adjusted_r2(estimates.r2[0], moments.n, layout),
    )
