"""From values to places on a picture."""

from math import ceil, floor, log10


class Axis:
    """A straight axis from value low…high to place start…end."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high
        self._start, self._step = start, (end - start) / (high - low)

    def __call__(self, value: float) -> float:
        return self._start + (value - self.low) * self._step

    def ticks(self, about: int = 6) -> list[float]:
        """Round values on the axis, roughly so many."""
        step = round_step((self.high - self.low) / about)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def round_step(rough: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten above `rough`."""
    power = 10.0 ** floor(log10(rough))
    return next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor >= rough * (1 - 1e-9))


def around(values: list[float], margin: float) -> tuple[float, float]:
    """The range of values with a share of it left free at both ends."""
    low, high = min(values), max(values)
    room = margin * (high - low) or 1.0
    return low - room, high + room
