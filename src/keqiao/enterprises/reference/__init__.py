"""Regions, industries and sizes an enterprise is described by: `regions`, `industries`, `sizes`."""
