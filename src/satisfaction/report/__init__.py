"""Pictures, tables and sentences for people who decide, not for statisticians."""
