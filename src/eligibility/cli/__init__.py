"""The command `eligibility`: one file a command, each with `add` (its arguments) and `run` (its exit code).

Exit codes: 0 all well, 1 findings or row errors, 2 wrong usage or a file that cannot be read.
"""

from eligibility.cli.main import main

__all__ = ["main"]
