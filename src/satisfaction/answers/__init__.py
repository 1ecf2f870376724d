"""The answers to a questionnaire: reading, checking, completing."""
