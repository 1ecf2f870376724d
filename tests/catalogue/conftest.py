from tests.engagement.conftest import noon, site, store  # noqa: F401 - the same house as for clause 6
