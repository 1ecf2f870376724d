"""Names for the arrays that go round in this package, and the marks that codes and conditions use."""

from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Wholes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[Any]
"""uint8 where every score of a plan fits, else int32."""

NOT_MET, UNKNOWN, MET = 0, 1, 2
"""Conditions after Kleene: `and` is the minimum, `or` the maximum, `not` is two minus."""

MISSING = 255
UNSETTLED = 254
NO_RATIO = 0
MOST_EDGES = 252
"""Codes 1 to 253 count the edges passed, from none on, so one plane holds at most 252 edges."""

EXACT = 2**53
"""Whole numbers below are exact as floats."""
