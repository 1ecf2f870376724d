"""The standard as data, and what in the system is evidence for each clause, counted live.

Reads the registries and the journal; imports no module. It says "evidence", never "certified".
"""
