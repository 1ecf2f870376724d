"""Whether the items measure what they should: reliability, validity, and the usual thresholds."""
