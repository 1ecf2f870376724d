"""Screens of engagements that no resource declares: the pages behind secret links."""
