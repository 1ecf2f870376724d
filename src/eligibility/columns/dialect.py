"""What a column engine must offer. `null` never takes part in a test by accident: every use is guarded."""

from abc import ABC, abstractmethod
from typing import Any

Column = Any


class Dialect(ABC):
    """Expressions of one engine. Overloaded operators (+ - * & | ~ and comparisons) are its own."""

    @abstractmethod
    def column(self, name: str) -> Column:
        """A column of the table by name."""

    @abstractmethod
    def whole(self, value: int, *, wide: bool) -> Column:
        """A whole number, wide for more than 62 bits."""

    @abstractmethod
    def truth(self, value: bool) -> Column:
        """True or false."""

    @abstractmethod
    def null_whole(self, *, wide: bool) -> Column:
        """A missing whole number."""

    @abstractmethod
    def null_truth(self) -> Column:
        """A missing truth."""

    @abstractmethod
    def widened(self, column: Column) -> Column:
        """A whole column that holds 126 bits."""

    @abstractmethod
    def is_null(self, column: Column) -> Column:
        """Where it is missing; itself never missing."""

    @abstractmethod
    def choose(self, test: Column, then: Column, otherwise: Column) -> Column:
        """`then` where the test is true, else `otherwise`; the test must not be missing."""

    @abstractmethod
    def known(self, column: Column) -> Column:
        """A truth with missing read as false."""

    @abstractmethod
    def year(self, column: Column) -> Column:
        """The year of a proleptic ordinal."""
