"""`python -m satisfaction` is the command `satisfaction`."""

import sys

from satisfaction.cli import main

if __name__ == "__main__":
    sys.exit(main())
