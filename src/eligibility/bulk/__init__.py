"""Many enterprises at once by rank codes.

Every condition is a metric against a threshold. `compile_plan(versions)` gathers metrics and thresholds of
all programmes; `encode(plan, table, on)` turns each metric once into the number of thresholds it passes, one
byte, compared exactly; `evaluate_codes(plan, codes)` then compares bytes. Codes can be stored (`Codes.save`,
`load_codes`) and renewed for some rows (`renew`). `evaluate_bulk` does all in one go. Engines: `numpy`, and
`numba` with the extra `fast`; `auto` takes the faster one that is there. Codes hold no values, so
explanations stay with `eligibility.evaluate`.
"""

from eligibility.bulk.arrays import MET, NOT_MET, UNKNOWN
from eligibility.bulk.codes import Codes, Verdicts, load_codes
from eligibility.bulk.engine import EngineError, encode, evaluate_bulk, evaluate_codes, has_numba, renew
from eligibility.bulk.layout import PlanError
from eligibility.bulk.plan import Plan, compile_plan
from eligibility.bulk.table import Table, TableError, empty_table, fill, table_of, table_of_facts

__all__ = [
    "MET",
    "NOT_MET",
    "UNKNOWN",
    "Codes",
    "EngineError",
    "Plan",
    "PlanError",
    "Table",
    "TableError",
    "Verdicts",
    "compile_plan",
    "empty_table",
    "encode",
    "evaluate_bulk",
    "evaluate_codes",
    "fill",
    "has_numba",
    "load_codes",
    "renew",
    "table_of",
    "table_of_facts",
]
