"""`python -m eligibility`: the command without installing."""

import sys

from eligibility.cli import main

sys.exit(main())
