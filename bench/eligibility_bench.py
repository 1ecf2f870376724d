"""Bulk eligibility against OpenFisca and ZEN: `make bench`, or `python bench/eligibility_bench.py --rows
100000`.
"""

import argparse
import sys

from eligibility.bench import report

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--rows", type=int, default=report.ROWS)
parser.add_argument("--programmes", type=int, default=report.PROGRAMMES)
options = parser.parse_args()
sys.exit(report.run(options.rows, options.programmes))
