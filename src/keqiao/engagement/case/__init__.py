"""The engagement itself: what every phase knows of it."""
