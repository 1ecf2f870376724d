"""A worker process of the bench: `python -m eligibility.bench ENGINE ROWS PROGRAMMES`."""

import sys

from eligibility.bench.report import work

sys.exit(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
