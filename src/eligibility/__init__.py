"""Eligibility of enterprises for programmes, as rules with explained verdicts.

One enterprise
    `read_facts(raw, on)` checks raw values; `evaluate(version, facts)` gives verdict, score, conditions,
    bands and missing facts; `evaluate_reference` is the same on exact fractions, slowly, and is what every
    other engine is measured against. `verdict_of` gives the verdict alone.

Programmes
    `find_version(reference, on)` looks up a shipped version (`CODE`, `CODE@v1`); `load_programme(path)`
    reads a file; `check_programme` finds what cannot be meant.

The tree, for whoever compiles it to something else
    A `Version` holds named roots: `metrics` (let), `bands` (BandTable: its `score` is the node), `scores`,
    `score` (the total shown), `leaves` (conditions), `root` (the whole requirement as one condition).
    `tree` defines the nodes: Scalar (Fact Const Arith Extreme Coalesce Choose YearOf), Logic (Flag Compare
    Member ScoreCompare Not AllOf AnyOf), Score (FixedPoints Bands Entered ScoreFact Total Best). Nodes are
    hash-consed, so a metric shared by many programmes is one object. Every comparison of quantities is a
    `Compare(op, metric, threshold)` with a constant threshold; rows of bands are conditions too, and
    `Bands.metric` names the one metric they compare, where there is one. `order` has `topological`,
    `inputs`, `comparisons_of`, `entered_of` and `facts_of`.

What every engine must keep
    A missing fact and a division by zero are None, conditions follow Kleene, a score is [lo, hi] as
    `tree.Bands` tells, an `Entered` point outside the interval of its frame makes the verdict unknown.
"""

from eligibility.checks import Finding, check_programme
from eligibility.errors import EligibilityError, FactError, InputFileError, ProgrammeNotFoundError, RuleError
from eligibility.evaluation import (
    BandResult,
    ConditionResult,
    Evaluation,
    FactUse,
    evaluate,
    evaluate_reference,
    rank_missing_over,
    verdict_of,
)
from eligibility.facts import Facts, Reading, read_facts
from eligibility.library import find_version, shipped_programmes
from eligibility.loading import load_programme, parse_programme
from eligibility.programme import BandTable, Group, Leaf, Programme, Version
from eligibility.results import as_record
from eligibility.vocabulary import FactSpec, vocabulary

__all__ = [
    "BandResult",
    "BandTable",
    "ConditionResult",
    "EligibilityError",
    "Evaluation",
    "FactError",
    "FactSpec",
    "FactUse",
    "Facts",
    "Finding",
    "Group",
    "InputFileError",
    "Leaf",
    "Programme",
    "ProgrammeNotFoundError",
    "Reading",
    "RuleError",
    "Version",
    "as_record",
    "check_programme",
    "evaluate",
    "evaluate_reference",
    "find_version",
    "load_programme",
    "parse_programme",
    "rank_missing_over",
    "read_facts",
    "shipped_programmes",
    "verdict_of",
    "vocabulary",
]
