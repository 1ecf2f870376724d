"""Screens of engagements that no resource declares: the workspace, the board, the pages behind secret links."""
