"""Eligibility of enterprises for programmes, as rules with explained verdicts."""
