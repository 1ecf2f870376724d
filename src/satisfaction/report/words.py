"""Figures as words, written alike in sentences, tables and pictures."""

from satisfaction.texts import say


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def with_interval(value: float, low: float, high: float, language: str) -> str:
    return say("value-with-interval", language, value=f"{value:.1f}", low=f"{low:.1f}", high=f"{high:.1f}")
