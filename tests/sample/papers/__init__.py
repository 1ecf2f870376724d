"""Papers of loans."""
