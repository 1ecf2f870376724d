"""6.5: summary, archive, pack."""
