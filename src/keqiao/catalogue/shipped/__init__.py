"""Clause 5 as data: one file a family, read and checked by `catalogue.load()`. No Django in here."""
