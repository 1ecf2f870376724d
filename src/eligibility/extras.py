"""Packages that are installed only with an extra."""

from typing import Any

from eligibility.errors import InputFileError


def polars() -> Any:
    """Polars, which reads and writes Parquet. Raises InputFileError."""
    try:
        import polars as pl
    except ImportError:
        raise InputFileError(
            "expected the extra `bulk` for Parquet, got none; pip install keqiao[bulk]"
        ) from None
    return pl
