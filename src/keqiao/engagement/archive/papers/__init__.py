"""6.5: cover and index of the archive."""
