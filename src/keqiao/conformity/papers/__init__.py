"""Papers of conformity."""
