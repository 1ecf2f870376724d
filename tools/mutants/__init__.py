"""Rules of the house taken away one at a time, to see which test misses them. `tools/mutate.py` is the command."""
