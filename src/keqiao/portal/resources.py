"""The portal has no tables of its own."""
