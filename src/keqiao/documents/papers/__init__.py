"""The one paper that every module may use: a report made of blocks."""
