"""Programmes as column expressions: Polars, and by Ibis DuckDB and Spark.

The rules are compiled anew from the tree, apart from the rank codes, so agreement of the two says something.
Polars suits few programmes, or a single new one, without codes.
"""
