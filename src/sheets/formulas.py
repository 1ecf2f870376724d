"""Text that a spreadsheet would run as a formula: in CSV an apostrophe before it makes it text, and is taken off again
when the file comes back."""

# The full-width ones too: a spreadsheet set to Chinese reads them as the others.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    return f"'{text}" if _runs(text) else text


def bare(text: str) -> str:
    return text[1:] if text[:1] == "'" and _runs(text) else text  # else as it is: a Fault stays one


def _runs(text: str) -> bool:
    """Apostrophes that stand there already are guarded like what they guard, so that none is lost on the way back."""
    return text.lstrip("'").startswith(RISKY)
