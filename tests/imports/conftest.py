"""The enterprises are the list that most tests here import."""

from tests.enterprises.conftest import check, enterprise, person, seen_by

__all__ = ["check", "enterprise", "person", "seen_by"]
