"""The ten contract elements of 6.2 as templates: `parts.templates()` and `parts.fill()`."""
